import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { PlannedCall, Step } from '../wire/types.ts';

/** One intent: what it is called, and its next step for a request, or undefined where the sentence is not its own. */
export interface Rule {
  name: string;
  respond: (ask: Ask) => Step | undefined;
}

export function say(text: string): Step {
  return { kind: 'say', text };
}

export function call(...calls: PlannedCall[]): Step {
  return { kind: 'call', calls };
}

/** The answer where a needed tool is not offered. */
export function notOffered(ask: Ask, tool: string): Step {
  return say(
    pick(
      ask,
      `I understand what you want, but the tool \`${tool}\` is not available to me in this conversation; your role may not allow it.`,
      `Ich verstehe, was Sie möchten, aber das Werkzeug \`${tool}\` steht mir in diesem Gespräch nicht zur Verfügung; vielleicht erlaubt Ihre Rolle es nicht.`,
    ),
  );
}
