import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import type { Grant } from '../../../shared/domain/index.ts';
import { Button } from '../../components/button.tsx';
import { formatNumber } from '../../components/format.ts';
import { toast } from '../../components/toasts.tsx';
import { call } from '../../desk/client.ts';
import { chatKeys, grantsQuery } from './queries.ts';
import { toolName } from './tool-words.ts';

/** What of this conversation is approved in advance, each to be taken back. */
export function GrantsBar({ sessionId }: { sessionId: string | null }) {
  const grants = useQuery({ ...grantsQuery(sessionId ?? ''), enabled: sessionId !== null }).data ?? [];
  if (grants.length === 0) return null;
  return (
    <ul aria-label="Approved in advance" className="shrink-0 divide-y divide-line border-b border-line bg-sunken">
      {grants.map((grant) => (
        <GrantRow key={grant.id} grant={grant} />
      ))}
    </ul>
  );
}

function GrantRow({ grant }: { grant: Grant }) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => call('chat.revoke_grant', { id: grant.id }),
    onError: (error) => toast('bad', error.message),
    onSettled: () => client.invalidateQueries({ queryKey: chatKeys.grants(grant.session_id) }),
  });
  const left = grant.max_changes - grant.used_changes;
  return (
    <li className="flex items-center gap-2 px-4 py-1.5 text-xs">
      <ShieldCheck className="size-4 shrink-0 text-accent" aria-hidden />
      <span className="min-w-0 flex-1">
        {toolName(grant.tool)}
        {grant.kind === '' ? '' : ` (${grant.kind})`}: {formatNumber(left)} more without asking, up to{' '}
        {formatNumber(grant.max_items)} each
      </span>
      <Button size="sm" variant="ghost" busy={revoke.isPending} onClick={() => revoke.mutate()}>
        Take back
      </Button>
    </li>
  );
}
