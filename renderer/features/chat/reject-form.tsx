import { useState } from 'react';
import { Button } from '../../components/button.tsx';

interface RejectFormProps {
  busy: boolean;
  onCancel: () => void;
  onReject: (more: { reason?: string }) => void;
}

/** The no to a change, with a word to the model if wished. */
export function RejectForm({ busy, onCancel, onReject }: RejectFormProps) {
  const [reason, setReason] = useState('');
  return (
    <form
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        onReject(reason.trim() ? { reason: reason.trim() } : {});
      }}
    >
      <input
        autoFocus
        aria-label="Reason, told to the assistant"
        placeholder="Why not? (optional, told to the assistant)"
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        className="h-8 w-full rounded-md border border-line-strong/60 bg-raised px-2 text-sm placeholder:text-muted"
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Back</Button>
        <Button type="submit" variant="danger" busy={busy}>
          Reject
        </Button>
      </div>
    </form>
  );
}
