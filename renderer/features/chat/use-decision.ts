import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Decision, PendingApproval, TurnOutcome } from '../../../shared/contract/index.ts';
import type { Failure, Result } from '../../../shared/errors/index.ts';
import { decide, decideAll } from './mutations.ts';

/** What just came takes no clicks: they were meant for what was there before. */
export const DEAF_MS = 500;

function useDeaf(): () => boolean {
  const shownAt = useRef(0);
  useEffect(() => {
    shownAt.current = performance.now();
  }, []);
  return () => performance.now() - shownAt.current < DEAF_MS;
}

/** Sends one decision at a time; a second click while one is on its way does nothing. */
function useSending<T>(perform: (decision: T) => Promise<Result<TurnOutcome>>) {
  const [sent, setSent] = useState<T | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isDeaf = useDeaf();
  const send = async (decision: T) => {
    if (sent !== null || isDeaf()) return;
    setSent(decision);
    setFailure(null);
    const result = await perform(decision);
    setSent(null);
    if (!result.ok) setFailure(result.failure);
    // The card goes with its decision; who decided by keyboard goes on where the next sentence is written.
    else document.getElementById('composer')?.focus();
  };
  return { sent, failure, send };
}

/** A person's decision on one change that waits. */
export function useDecision(approval: PendingApproval) {
  const client = useQueryClient();
  return useSending<Decision>((decision) => decide(client, approval, decision));
}

/** A person's decision on several changes that wait beside each other. */
export function useSharedDecision(approvals: readonly PendingApproval[]) {
  const client = useQueryClient();
  return useSending<Decision['decision']>((decision) => decideAll(client, approvals, decision));
}
