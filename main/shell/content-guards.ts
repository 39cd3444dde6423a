import { app, type Event } from 'electron';
import { isAppUrl } from '../doors/ipc/index.ts';

/**
 * Keeps every web contents, whoever made it, on our own pages: no navigation or redirect away, no new window, no webview.
 * Addresses leave the app only through the one guarded opener. To be called before the first window.
 */
export function guardContents(log: (line: string) => void): void {
  app.on('web-contents-created', (_created, contents) => {
    const stay = (details: Event<{ url: string }>) => {
      if (isAppUrl(details.url)) return;
      log('refused to leave the app');
      details.preventDefault();
    };
    contents.on('will-navigate', stay);
    contents.on('will-frame-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
}
