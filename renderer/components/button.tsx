import type { ComponentProps, ReactNode } from 'react';
import { LoaderCircle } from 'lucide-react';
import { cx } from './cx.ts';

const VARIANTS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent',
  secondary: 'bg-raised text-content border-line-strong/60 hover:bg-sunken',
  ghost: 'border-transparent text-content hover:bg-sunken',
  danger: 'bg-raised text-bad border-bad/50 hover:bg-bad-soft',
} as const;

interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof VARIANTS;
  size?: 'sm' | 'md';
  icon?: ReactNode;
  /** Shows a spinner in the icon's place and takes no clicks. */
  busy?: boolean;
}

/** A button with an optional icon before its words. */
export function Button({ variant = 'secondary', size = 'md', icon, busy, disabled, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled === true || busy === true}
      aria-busy={busy}
      className={cx(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors',
        'disabled:cursor-not-allowed disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
        size === 'sm' ? 'h-7 px-2 text-xs' : 'h-8 px-3 text-sm',
        VARIANTS[variant],
        rest.className,
      )}
    >
      {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** Said by screen readers and shown as the tooltip. */
  label: string;
  pressed?: boolean;
}

/** A square button of one icon, named by its label. */
export function IconButton({ label, pressed, children, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      {...rest}
      className={cx(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted transition-colors',
        'hover:bg-sunken hover:text-content disabled:cursor-not-allowed disabled:opacity-50 [&_svg]:size-4',
        pressed === true && 'bg-sunken text-content',
        className,
      )}
    >
      {children}
    </button>
  );
}
