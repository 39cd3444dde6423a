import { cx } from './cx.ts';

interface ProgressBarProps {
  /** What makes progress, for screen readers. */
  label: string;
  /** Parts of the whole, 0 to 1 each. */
  done: number;
  failed?: number;
  /** Under way: drawn after done and failed. */
  running?: number;
  className?: string;
}

const percent = (part: number) => `${Math.min(100, Math.max(0, part * 100)).toFixed(2)}%`;

/** A stacked bar: done, failed, under way. */
export function ProgressBar({ label, done, failed = 0, running = 0, className }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(Math.min(1, done + failed + running) * 100)}
      className={cx('flex h-1.5 w-full overflow-hidden rounded-full bg-sunken', className)}
    >
      <div className="bg-bar-good transition-[width] duration-300" style={{ width: percent(done) }} />
      <div className="bg-bar-bad transition-[width] duration-300" style={{ width: percent(failed) }} />
      <div className="bg-accent transition-[width] duration-300" style={{ width: percent(running) }} />
    </div>
  );
}
