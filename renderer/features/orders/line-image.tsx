import { Ban, CircleX, Clock, ImageOff, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import type { OrderLine } from '../../../shared/domain/index.ts';
import { mediaUrl } from '../../desk/client.ts';

const ICONS = { queued: Clock, running: LoaderCircle, done: ImageOff, failed: CircleX, cancelled: Ban } as const;

/** The thumbnail of a line, or what it waits for. */
export function LineImage({ line }: { line: OrderLine }) {
  const [broken, setBroken] = useState<string | null>(null);
  const address = line.has_image && line.render_id ? mediaUrl(line.render_id, 'thumbnail') : null;
  if (address !== null && address !== broken) {
    return (
      <img
        src={address}
        alt=""
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={() => setBroken(address)}
        className="checkered size-full object-contain"
      />
    );
  }
  const Icon = ICONS[line.status];
  return (
    <span className="grid size-full place-items-center bg-sunken text-muted">
      <Icon className={line.status === 'failed' ? 'size-1/3 max-w-8 text-bad' : 'size-1/3 max-w-8'} aria-hidden />
    </span>
  );
}
