import { parseArgs } from 'node:util';

const options = {
  web: { type: 'boolean' },
  port: { type: 'string' },
  pipeline: { type: 'string' },
  data: { type: 'string' },
  'no-open': { type: 'boolean' },
  as: { type: 'string' },
  approve: { type: 'string' },
  model: { type: 'string' },
  help: { type: 'boolean' },
} as const;

export const usage = `npm start -- [--web] [--port N] [--pipeline URL] [--data DIR] [--no-open] [--as EMAIL]
             [--approve ask|auto|deny] [--model auto|azure|offline|none]

  --web        the desk in the browser instead of the Electron window
  --port N     the port of the browser door (default: any free one)
  --pipeline   the pipeline to work on (default: an embedded one with the sample catalogue)
  --data DIR   where the embedded pipeline and the settings live
  --no-open    print the address instead of opening the browser
  --as EMAIL   the sample user to sign in as
  --approve    what happens to changes: ask (default), auto or deny
  --model      auto (default), azure, offline or none`;

/** What `npm start` decides by itself; everything else goes to the door as it was given. */
export type StartFlags =
  | { readonly kind: 'start'; readonly web: boolean; readonly forDoor: readonly string[] }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

/** Reads the flags of `npm start`. The door checks the values; here only the names must be known. */
export function readStartFlags(args: readonly string[]): StartFlags {
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true });
    if (values.help) return { kind: 'help' };
    return { kind: 'start', web: values.web ?? false, forDoor: args.filter((arg) => arg !== '--web') };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { kind: 'wrong', message: error.message };
  }
}
