import type { ModelMessage } from '../../../main/agent/index.ts';
import { problemIn } from '../conformance/fits.ts';
import { FORMS, schemasMissing } from '../conformance/schemas.ts';

/** Messages as the service takes them: what is wrong with these, by its rules and by its published schemas. */
export function brokenWireRule(messages: readonly ModelMessage[]): string | undefined {
  const broken = brokenOrderRule(messages);
  if (broken !== undefined || schemasMissing !== null) return broken;
  // A history is followed by the question at least.
  const body = { model: 'm', messages: [...messages, { role: 'user', content: 'And now?' }] };
  return (
    FORMS.map((form) => problemIn({ overlays: {} }, form, 'request', body)).find((problem) => problem !== null) ??
    undefined
  );
}

/** The rules on messages that the service enforces with a 400 and no schema says: the first one that these break. */
export function brokenOrderRule(messages: readonly ModelMessage[]): string | undefined {
  const seen = new Set<string>();
  let open = new Set<string>();
  for (const each of messages) {
    if (each.role === 'tool') {
      if (!open.delete(each.tool_call_id)) return `orphan ${each.tool_call_id}`;
      continue;
    }
    if (open.size > 0) return 'unanswered calls';
    if (each.role !== 'assistant') continue;
    if (each.content === null && !each.tool_calls) return 'assistant without content';
    for (const { id, function: called } of each.tool_calls ?? []) {
      if (seen.has(id)) return 'id used twice';
      if (!/^[a-zA-Z0-9_-]{1,64}$/.test(called.name)) return 'bad name';
      if (!isObject(called.arguments)) return 'arguments that are no object';
      seen.add(id);
    }
    open = new Set((each.tool_calls ?? []).map(({ id }) => id));
  }
  return open.size > 0 ? 'unanswered at the end' : undefined;
}

function isObject(json: string): boolean {
  const value: unknown = JSON.parse(json);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
