// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '../../shared/errors/index.ts';
import { SafeMarkdown } from '../../renderer/components/markdown.tsx';
import { ApprovalCard } from '../../renderer/features/chat/approval-card.tsx';
import { ToolCard } from '../../renderer/features/chat/tool-card.tsx';
import { approval, toolCall, uuid } from '../../renderer/test-support/fixtures.ts';
import { renderOnDesk, type Screen } from '../../renderer/test-support/render.tsx';
import { HOSTILE_CALLS } from './hostile-calls.ts';
import { HOSTILE_WORDS } from './hostile-words.ts';

const ALL = [...HOSTILE_WORDS, ...HOSTILE_CALLS].map(({ name, text }) => [name, text] as const);

/** Whatever could fetch, run, send or cover something. Our own icons are drawn as paths, which reach nowhere. */
const REACHING =
  'img, picture, source, video, audio, script, iframe, frame, object, embed, link, meta, base, style, form, math, ' +
  'image, use, foreignObject, [src], [srcset], [action], [formaction], [poster], [background], [ping], ' +
  '[style*=url], [style*=position], a[href]:not([href^="#/"])';
const HANDLERS = /^on/i;

let screen: Screen;
afterEach(() => screen.close());

function reaching(): string[] {
  const elements = [...screen.container.querySelectorAll('*')];
  const handlers = elements.filter((element) => element.getAttributeNames().some((name) => HANDLERS.test(name)));
  return [...screen.container.querySelectorAll(REACHING), ...handlers].map((element) => element.outerHTML);
}

const ANSWERS = { 'shell.open_external': () => ok({ opened: true }), 'chat.messages': () => ok([]) };

describe('drawn as the assistant’s words', () => {
  it.each(ALL)('%s reaches nowhere', async (_name, text) => {
    screen = await renderOnDesk(<SafeMarkdown text={text} />, ANSWERS);
    expect(reaching()).toEqual([]);
    for (const button of screen.container.querySelectorAll('button')) {
      await screen.click(button);
      // What may be opened is asked about first, with its whole address.
      expect(screen.desk.calls).toEqual([]);
      expect(screen.text()).toMatch(/Site: |mail/i);
    }
  });
});

describe('drawn in an approval and in a tool’s card', () => {
  it.each(ALL)('%s stays text, with what is hidden in it shown', async (_name, text) => {
    const effect = {
      summary: text,
      counts: { [text]: 1, products: 2 },
      sample: [{ id: '1', label: text, note: text }],
    };
    const asked = approval(uuid(), { effect, arguments: { material_name: text, [text]: text } });
    const call = toolCall(text, { state: 'done', arguments: { [text]: text }, result: { error: { message: text } } });
    screen = await renderOnDesk(
      <>
        <ApprovalCard approval={asked} />
        <ToolCard call={call} sessionId={asked.session_id} />
      </>,
      ANSWERS,
    );
    expect(reaching()).toEqual([]);
    expect(screen.text()).not.toMatch(/[\u202a-\u202e\u2060-\u2069\u200b]/);
    expect(screen.desk.calls.map(({ name }) => name).filter((name) => !name.startsWith('settings.'))).toEqual([]);
  });
});
