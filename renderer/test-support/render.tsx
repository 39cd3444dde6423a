import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { startPushes } from '../app/push-router.ts';
import { createQueryClient } from '../app/query-client.ts';
import { connectDesk } from '../desk/client.ts';
import { deskKeys } from '../desk/queries.ts';
import { deskState } from './fixtures.ts';
import { createStandIn, type Answers, type StandIn } from './stand-in-bridge.ts';

declare global {
  // React asks for this before it lets tests wait for its work.
  var IS_REACT_ACT_ENVIRONMENT: boolean;
}

export interface Screen {
  container: HTMLElement;
  client: QueryClient;
  desk: StandIn;
  /** The visible text. */
  text(): string;
  find(selector: string): HTMLElement;
  button(name: string): HTMLButtonElement;
  click(element: HTMLElement): Promise<void>;
  type(element: HTMLElement, text: string): Promise<void>;
  /** Lets promises, timers up to `ms` and React finish. */
  settle(ms?: number): Promise<void>;
  close(): Promise<void>;
}

/** jsdom lays nothing out: without sizes a virtual list would draw nothing. */
function giveSizes(): void {
  const size = { configurable: true, get: () => 600 };
  for (const name of ['offsetHeight', 'offsetWidth', 'clientHeight', 'clientWidth']) {
    Object.defineProperty(HTMLElement.prototype, name, size);
  }
  globalThis.ResizeObserver ??= class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  HTMLElement.prototype.scrollTo ??= () => undefined;
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false;
  };
}

function wait(ms: number): Promise<void> {
  return act(() => new Promise<void>((resolve) => setTimeout(resolve, ms)));
}

/** Sets a field's value past React's own bookkeeping, as a person's typing does. */
function setValue(element: HTMLElement, text: string): void {
  const prototype = element instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, text);
  element.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Draws a part of the window on a stand-in desk, signed in. */
export async function renderOnDesk(ui: ReactNode, answers: Answers = {}, state = deskState()): Promise<Screen> {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
  giveSizes();
  const desk = createStandIn(answers);
  const client = createQueryClient();
  client.setDefaultOptions({ queries: { retry: false } });
  connectDesk(desk);
  client.setQueryData(deskKeys.state, state);
  const unlisten = startPushes(client);
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container);
  await act(async () => root.render(<QueryClientProvider client={client}>{ui}</QueryClientProvider>));
  const find = (selector: string): HTMLElement => {
    const found = document.body.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`no ${selector} in ${document.body.innerHTML.slice(0, 4000)}`);
    return found;
  };
  return {
    container,
    client,
    desk,
    text: () => document.body.textContent ?? '',
    find,
    button(name) {
      const buttons = [...document.body.querySelectorAll('button')];
      const found = buttons.find((button) => (button.getAttribute('aria-label') ?? button.textContent) === name);
      if (found === undefined)
        throw new Error(`no button "${name}" among ${buttons.map((b) => b.textContent).join(' | ')}`);
      return found;
    },
    click: (element) => act(async () => element.click()),
    type: (element, text) => act(async () => setValue(element, text)),
    settle: (ms = 30) => wait(ms),
    close: async () => {
      unlisten();
      await act(async () => root.unmount());
      container.remove();
      client.clear();
    },
  };
}
