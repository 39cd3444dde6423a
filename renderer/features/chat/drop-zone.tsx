import { FileSpreadsheet } from 'lucide-react';
import { useState, type DragEvent, type ReactNode } from 'react';
import { takeFiles } from './take-files.ts';

interface DropZoneProps {
  slot: string;
  enabled: boolean;
  children: ReactNode;
}

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** Takes a product list dropped anywhere on the chat. */
export function DropZone({ slot, enabled, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  return (
    <div
      className="relative flex min-h-0 flex-1 flex-col"
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = enabled ? 'copy' : 'none';
        setOver(enabled);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        if (enabled) takeFiles(slot, event.dataTransfer.files);
      }}
    >
      {children}
      {over ? (
        <div className="pointer-events-none absolute inset-2 z-20 grid place-items-center rounded-xl border-2 border-dashed border-accent bg-accent-soft text-accent">
          <p className="flex flex-col items-center gap-2 font-medium">
            <FileSpreadsheet className="size-8" aria-hidden /> Drop the product list (CSV or XLSX)
          </p>
        </div>
      ) : null}
    </div>
  );
}
