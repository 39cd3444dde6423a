import { UsageError } from '../server/arguments.ts';

/** The stream a password comes from: a terminal, or what was piped in. */
export type PasswordInput = Pick<NodeJS.ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'off' | 'resume' | 'pause'>;

/** Far more than a password has. */
const MOST_CHARACTERS = 2000;
const ENTER = /[\r\n]/;

/**
 * A new password: typed twice without echo on a terminal, else the first line that is piped in. Never an argument, which
 * other users of the machine could read. `say` writes the prompts.
 */
export async function readPassword(input: PasswordInput, say: (text: string) => void): Promise<string> {
  if (!input.isTTY) return await readLine(input);
  const first = await ask(input, say, 'Password: ');
  if (first !== (await ask(input, say, 'Once more: ')))
    throw new UsageError('The two passwords differ. Nothing was changed.');
  return first;
}

async function ask(input: PasswordInput, say: (text: string) => void, prompt: string): Promise<string> {
  say(prompt);
  input.setRawMode(true);
  try {
    return await readLine(input);
  } finally {
    input.setRawMode(false);
    say('\n');
  }
}

/** Reads up to the end of the line or of the input; in raw mode it also does what the terminal would have done. */
function readLine(input: PasswordInput): Promise<string> {
  return new Promise((resolve, reject) => {
    const decoder = new TextDecoder();
    let typed = '';
    const settle = (done: () => void): void => {
      input.off('data', onData);
      input.off('end', onEnd);
      input.pause();
      done();
    };
    const onEnd = (): void => {
      settle(() => {
        resolve(typed);
      });
    };
    const onData = (bytes: Buffer): void => {
      for (const char of decoder.decode(bytes, { stream: true })) {
        if (ENTER.test(char)) return onEnd();
        if (input.isTTY && (char === '\u0003' || char === '\u0004')) {
          return settle(() => {
            reject(new UsageError('Given up. Nothing was changed.'));
          });
        }
        typed = input.isTTY && (char === '\u007f' || char === '\b') ? [...typed].slice(0, -1).join('') : typed + char;
        if (typed.length > MOST_CHARACTERS) {
          return settle(() => {
            reject(new UsageError('That is too long for a password.'));
          });
        }
      }
    };
    input.on('data', onData);
    input.on('end', onEnd);
    input.resume();
  });
}
