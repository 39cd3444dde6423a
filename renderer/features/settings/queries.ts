import { queryOptions } from '@tanstack/react-query';
import { call } from '../../desk/client.ts';

export const settingsKeys = {
  config: ['settings'] as const,
  usage: ['usage'] as const,
  ownPolicy: ['own policy'] as const,
};

/** When a change asks this user. */
export const ownPolicyQuery = queryOptions({
  queryKey: settingsKeys.ownPolicy,
  queryFn: () => call('settings.own_policy', {}),
});

/** The tenant's configuration; never holds a key. */
export const configQuery = queryOptions({
  queryKey: settingsKeys.config,
  queryFn: () => call('settings.get', {}),
});

/** The month's tokens with those of a conversation; asked again together with them. */
export function chatUsageQuery(sessionId: string | null) {
  return queryOptions({
    queryKey: [...settingsKeys.usage, sessionId],
    queryFn: () => call('chat.usage', sessionId === null ? {} : { session_id: sessionId }),
  });
}

/** Tokens of the current month. */
export const usageQuery = queryOptions({ queryKey: settingsKeys.usage, queryFn: () => call('chat.usage', {}) });
