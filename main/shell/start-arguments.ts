/** Flags of DESIGN.md 4.1 that are followed by a value, and those that stand alone. */
const WITH_VALUE = new Set(['--port', '--pipeline', '--data', '--as', '--approve', '--model']);
const ALONE = new Set(['--web', '--no-open']);

export interface StartArguments {
  /** `--quick`: open the quick command; the shell's own, for desktops without global shortcuts. */
  quick: boolean;
  /** What the desk's own flag parser gets. */
  own: string[];
  /** Switches of Chromium, Node and the desktop, and whatever else is not ours. */
  others: string[];
}

/** Parts our own flags from those that Chromium and the desktop put between them (`--ozone-platform`, `--inspect`, …). */
export function readStartArguments(argv: readonly string[]): StartArguments {
  const read: StartArguments = { quick: false, own: [], others: [] };
  for (let at = 0; at < argv.length; at += 1) {
    const argument = argv[at] ?? '';
    const name = argument.split('=', 1)[0] ?? '';
    const value = argv[at + 1];
    if (argument === '--quick') read.quick = true;
    else if (ALONE.has(argument) || (WITH_VALUE.has(name) && argument.includes('='))) read.own.push(argument);
    else if (WITH_VALUE.has(argument) && value !== undefined) {
      read.own.push(argument, value);
      at += 1;
    } else if (argument !== '') read.others.push(argument);
  }
  return read;
}
