import { Check } from 'lucide-react';
import { Button } from '../../components/button.tsx';

interface ApproveButtonProps {
  label?: string;
  busy: boolean;
  disabled: boolean;
  onApprove: () => void;
}

/** The yes. A key held down since the composer does not press it. */
export function ApproveButton({ label = 'Approve', busy, disabled, onApprove }: ApproveButtonProps) {
  return (
    <Button
      className="ml-auto"
      variant="primary"
      icon={<Check aria-hidden />}
      busy={busy}
      disabled={disabled}
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault();
      }}
      onClick={onApprove}
    >
      {label}
    </Button>
  );
}
