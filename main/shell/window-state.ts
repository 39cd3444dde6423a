import { readFileSync, writeFileSync } from 'node:fs';
import { screen, type Rectangle } from 'electron';
import { z } from 'zod';

const pixels = z.number().int().min(-100_000).max(100_000);
const stateSchema = z.object({
  x: pixels,
  y: pixels,
  width: pixels.min(200),
  height: pixels.min(200),
  maximized: z.boolean(),
});
/** Place and size of the main window, in device-independent pixels. */
export type WindowState = z.infer<typeof stateSchema>;

/** What the window looked like last, or null: the first start, an unreadable file, or a screen that is gone. */
export function readWindowState(file: string, log: (line: string) => void): WindowState | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // The first start has no file yet; the window then takes its default size.
    return null;
  }
  const state = stateSchema.safeParse(parseJson(text));
  if (!state.success) {
    log(`${file} is not readable as a window's place; the default size is used`);
    return null;
  }
  return isOnScreen(state.data) ? state.data : null;
}

/** Remembers the window's place. A disk that can't be written costs the place, so it is logged and no more. */
export function writeWindowState(file: string, state: WindowState, log: (line: string) => void): void {
  try {
    writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
  } catch (error) {
    log(`the window's place could not be kept: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A corner large enough to be taken hold of must be on some screen. */
function isOnScreen(state: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const width = Math.min(state.x + state.width, workArea.x + workArea.width) - Math.max(state.x, workArea.x);
    const height = Math.min(state.y + state.height, workArea.y + workArea.height) - Math.max(state.y, workArea.y);
    return width >= 100 && height >= 50;
  });
}
