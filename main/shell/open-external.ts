import { dialog, shell } from 'electron';
import { fail, ok } from '../../shared/errors/index.ts';
import type { OpenExternal } from '../doors/ipc/index.ts';

const ALLOWED = new Set(['https:', 'mailto:']);

/**
 * The one way out of the app. Only https and mailto, never an address with a user name in it; the whole address is shown
 * first, in its ASCII spelling, and "Cancel" is what Enter and Esc press. One question at a time.
 */
export function createExternalOpener(log: (line: string) => void): OpenExternal {
  let asking = false;
  return async (address) => {
    const url = URL.parse(address);
    if (!url || !ALLOWED.has(url.protocol) || url.username !== '' || url.password !== '') {
      log('refused to open an address outside the app');
      return fail('bad_request', 'Only https and mailto addresses can be opened.');
    }
    if (asking) return fail('in_flight', 'Answer the question that is already open first.');
    asking = true;
    try {
      const { response } = await dialog.showMessageBox({
        type: 'question',
        message: url.protocol === 'mailto:' ? 'Write this e-mail?' : 'Open this address in your browser?',
        detail: url.href,
        buttons: ['Cancel', 'Open'],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      });
      if (response !== 1) return ok({ opened: false });
      await shell.openExternal(url.href);
      return ok({ opened: true });
    } catch (error) {
      log(`opening an address failed: ${error instanceof Error ? error.message : String(error)}`);
      return fail('unavailable', 'Your desktop could not open this address. Copy it into your browser.');
    } finally {
      asking = false;
    }
  };
}
