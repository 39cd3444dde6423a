import { useQuery } from '@tanstack/react-query';
import { costOf, shareUsed, usageWarning, type Usage, type UsedTokens } from '../../../shared/domain/index.ts';
import { formatCost, formatNumber, formatShort } from '../../components/format.ts';
import { Notice } from '../../components/notice.tsx';
import { chatUsageQuery } from '../settings/queries.ts';

/** What the last answer, this conversation and the month took, and a warning when the month's tokens run out. */
export function UsageLine({ sessionId }: { sessionId: string | null }) {
  const usage = useQuery(chatUsageQuery(sessionId)).data;
  if (usage === undefined) return null;
  const warning = usageWarning(usage);
  return (
    <div className="shrink-0 space-y-2 px-3 pb-2">
      {warning === null ? null : <Notice tone={shareUsed(usage) >= 1 ? 'bad' : 'warn'}>{warning}</Notice>}
      <p className="flex flex-wrap gap-x-2 px-1 text-xs text-muted tabular-nums">
        <span>Tokens:</span>
        {usage.answer ? <Part what="answer" used={usage.answer} usage={usage} /> : null}
        {usage.chat && usage.chat.used_tokens > 0 ? <Part what="chat" used={usage.chat} usage={usage} /> : null}
        <Part what="company’s month" used={usage} usage={usage} share={shareUsed(usage)} />
      </p>
    </div>
  );
}

interface PartProps {
  what: string;
  used: UsedTokens;
  usage: Usage;
  /** Of the month's limit. */
  share?: number;
}

function Part({ what, used, usage: { price, limit }, share }: PartProps) {
  const cost = price ? `, ${formatCost(costOf(used, price), price.currency)}` : '';
  const ofLimit = share !== undefined && limit !== null ? ` (${String(Math.floor(share * 100))} %)` : '';
  const exact = `${formatNumber(used.used_tokens)} tokens, ${formatNumber(used.output_tokens)} of them answers`;
  return (
    <span title={exact}>
      {what} {formatShort(used.used_tokens)}
      {ofLimit}
      {cost}
    </span>
  );
}
