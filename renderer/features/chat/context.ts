import { useQuery } from '@tanstack/react-query';
import type { SendRequest } from '../../../shared/contract/index.ts';
import type { Route } from '../../app/router.ts';
import { productQuery } from '../products/queries.ts';
import { useChat } from './chat-store.ts';

export interface OpenContext {
  type: 'order' | 'product';
  id: string;
}

/** What is open beside the chat, if it is something to talk about. */
export function contextOf(route: Route): OpenContext | null {
  return route.view === 'order' || route.view === 'product' ? { type: route.view, id: route.id } : null;
}

const keyOf = (context: OpenContext) => `${context.type}/${context.id}`;

/** Takes the context off the next messages, until something else is opened. */
export function dropContext(context: OpenContext): void {
  useChat.setState({ droppedContext: keyOf(context) });
}

/** The context that goes with the next message. */
export function useContextToSend(context: OpenContext | null): OpenContext | null {
  const dropped = useChat((state) => state.droppedContext);
  return context !== null && dropped === keyOf(context) ? null : context;
}

/** The context as a request carries it. */
export function asRequest(context: OpenContext | null): Pick<SendRequest, 'context_type' | 'context_id'> | null {
  return context && { context_type: context.type, context_id: context.id };
}

/** What the context is called: an order's number, a product's PIM-ID. */
export function useContextLabel(context: OpenContext | null): string {
  const isProduct = context?.type === 'product';
  const product = useQuery({ ...productQuery(context?.id ?? ''), enabled: isProduct }).data;
  if (context === null) return '';
  return isProduct ? `Product ${product?.pim_id ?? '…'}` : `Order ${context.id}`;
}
