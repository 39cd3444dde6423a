import { PlugZap } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { failureOf } from '../../desk/client.ts';
import { useTestModel } from './mutations.ts';

/** Asks the model one small question and says in words how that went. */
export function TestModel() {
  const test = useTestModel();
  return (
    <div className="space-y-2" aria-live="polite">
      <Button icon={<PlugZap aria-hidden />} busy={test.isPending} onClick={() => test.mutate()}>
        Test the connection
      </Button>
      {test.data && !test.isPending ? (
        <Notice tone={test.data.ok ? 'good' : 'bad'}>
          {test.data.message}
          {test.data.ok && test.data.left_out.length > 0 ? (
            <p className="text-xs">Not understood by this model and left out: {test.data.left_out.join(', ')}</p>
          ) : null}
        </Notice>
      ) : null}
      {test.isError ? <Notice tone="bad">{failureOf(test.error).message}</Notice> : null}
    </div>
  );
}
