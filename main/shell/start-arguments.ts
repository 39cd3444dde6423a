import { FLAG_OPTIONS } from '../doors/flags.ts';

const flagsOf = (type: 'string' | 'boolean') =>
  new Set(Object.entries(FLAG_OPTIONS).flatMap(([name, option]) => (option.type === type ? [`--${name}`] : [])));
const WITH_VALUE = flagsOf('string');
const ALONE = flagsOf('boolean');

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
