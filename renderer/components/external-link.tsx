import { ExternalLink } from 'lucide-react';
import { ask } from '../desk/client.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { toast } from './toasts.tsx';
import { visible } from './visible-text.ts';

/** Opens an address outside of the window; where the desk has no desktop of its own, in a new browser tab. */
async function openOutside(url: string): Promise<void> {
  const result = await ask('shell.open_external', { url });
  if (!result.ok) toast('bad', result.failure.message);
  else if (!result.value.opened) window.open(url, '_blank', 'noopener,noreferrer');
}

/** Shows the full address a link leads to, and opens it only on a click here. */
export function ExternalLinkDialog({ url, onClose }: { url: string; onClose: () => void }) {
  const host = URL.parse(url)?.host;
  return (
    <Dialog
      title="Open this address?"
      size="sm"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Stay here</Button>
          <Button
            icon={<ExternalLink aria-hidden />}
            onClick={() => {
              void openOutside(url);
              onClose();
            }}
          >
            Open
          </Button>
        </>
      }
    >
      <p className="text-muted">The link comes from the assistant’s answer and leads out of Renderdesk.</p>
      <p className="mt-3 rounded-md bg-sunken p-2 font-mono text-xs break-all">{visible(url)}</p>
      {host ? (
        <p className="mt-2">
          Site: <strong className="break-all">{visible(host)}</strong>
        </p>
      ) : null}
    </Dialog>
  );
}
