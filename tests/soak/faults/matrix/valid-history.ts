interface WireMessage {
  role?: unknown;
  content?: unknown;
  tool_call_id?: unknown;
  tool_calls?: { id?: unknown; function?: { name?: unknown; arguments?: unknown } }[];
}

/** What the service would refuse about the messages of a request, null where it takes them. */
export function historyProblem(body: unknown): string | null {
  const messages = (body as { messages?: WireMessage[] } | null)?.messages;
  if (!Array.isArray(messages) || messages.length === 0) return 'a request without messages';
  let open = new Set<unknown>();
  for (const [index, message] of messages.entries()) {
    const where = `message ${String(index)} (${String(message.role)})`;
    if (message.role === 'tool') {
      if (!open.delete(message.tool_call_id)) return `${where} answers no call`;
      if (typeof message.content !== 'string') return `${where} has no text`;
      continue;
    }
    if (open.size > 0) return `${where} comes before all calls are answered`;
    const calls = message.tool_calls ?? [];
    open = new Set(calls.map(({ id }) => id));
    if (open.size !== calls.length) return `${where} has one id twice`;
    if (calls.some(({ function: made }) => !/^[\w-]{1,64}$/.test(String(made?.name))))
      return `${where} has an odd name`;
    if (typeof message.content !== 'string' && calls.length === 0) return `${where} says nothing`;
  }
  return open.size > 0 ? 'a call is not answered at the end' : null;
}
