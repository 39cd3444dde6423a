import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryDirectory } from '../../tests/helpers/temporary-directory.ts';
import { DEFAULT_QUICK_SHORTCUT, registerQuickShortcut } from './quick-shortcut.ts';
import { readShellSettings } from './shell-settings.ts';

const electron = await vi.hoisted(async () => (await import('../../tests/helpers/electron/index.ts')).createElectron());
vi.mock('electron', () => electron);

const lines: string[] = [];
const log = (line: string) => void lines.push(line);
beforeEach(() => (lines.length = 0));

describe('the quick command’s shortcut', () => {
  const { globalShortcut } = electron;

  it('opens the quick command where the desktop gives it', () => {
    const pressed = vi.fn();
    expect(registerQuickShortcut('Alt+Q', pressed, log)).toEqual({ shortcut: 'Alt+Q', registered: true });
    globalShortcut.registered.get('Alt+Q')?.();
    expect(pressed).toHaveBeenCalledOnce();
    expect(lines).toEqual([]);
  });

  it('is told to be missing where another program has it', () => {
    globalShortcut.taken.add(DEFAULT_QUICK_SHORTCUT);
    expect(registerQuickShortcut(DEFAULT_QUICK_SHORTCUT, vi.fn(), log)).toEqual({
      shortcut: DEFAULT_QUICK_SHORTCUT,
      registered: false,
    });
    expect(lines).toHaveLength(1);
  });

  it('is told to be missing where its name is no shortcut', () => {
    expect(registerQuickShortcut('', vi.fn(), log)).toEqual({ shortcut: '', registered: false });
    expect(lines[0]).toContain('not a shortcut');
  });

  it('is not asked for where a person wants none', () => {
    const before = globalShortcut.registered.size;
    expect(registerQuickShortcut(null, vi.fn(), log)).toEqual({ shortcut: null, registered: false });
    expect(globalShortcut.registered.size).toBe(before);
  });
});

describe('the settings of this machine', () => {
  let data: Awaited<ReturnType<typeof temporaryDirectory>>;
  beforeAll(async () => {
    data = await temporaryDirectory();
  });
  afterAll(() => data.remove());

  it('are the defaults until something is set', () => {
    expect(readShellSettings(join(data.path, 'none.json'), log)).toEqual({ quick_shortcut: DEFAULT_QUICK_SHORTCUT });
    expect(lines).toEqual([]);
  });

  it.each([
    ['{ "quick_shortcut": "Alt+Q" }', 'Alt+Q', 0],
    ['{ "quick_shortcut": null }', null, 0],
    ['{ "quick_shortcut": 7 }', DEFAULT_QUICK_SHORTCUT, 1],
    ['{ "quick_shotcut": "Alt+Q" }', DEFAULT_QUICK_SHORTCUT, 1],
    ['not json', DEFAULT_QUICK_SHORTCUT, 1],
  ])('read %s', (text, shortcut, complaints) => {
    const file = join(data.path, 'shell.json');
    writeFileSync(file, text);
    expect(readShellSettings(file, log).quick_shortcut).toBe(shortcut);
    expect(lines).toHaveLength(complaints);
  });
});
