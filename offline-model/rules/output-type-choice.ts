import { misfortune } from '../answers/outcome.ts';
import { lastOutcome, pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { ImageWishes } from '../extract/image.ts';
import { fold } from '../language/fold.ts';
import { name } from '../answers/markdown.ts';
import { objectsIn, textOf } from '../wire/json.ts';
import type { JsonObject } from '../wire/json.ts';
import type { PlannedCall } from '../wire/types.ts';

/** The render recipe of an order to be, or the call that has to come first, or why it stops here. */
export interface Choice {
  name: string | undefined;
  overrides: ImageWishes;
  calls?: PlannedCall[];
  stop?: string;
}

/** Chooses the output type that the sentence names, else the one nearest to the wished format and size, else the default. */
export function chooseOutputType(ask: Ask): Choice {
  const wishes = ask.slots.image;
  const listed = lastOutcome(ask, 'list_output_types');
  if (listed === undefined) return beforeList(ask, wishes);
  const failed = misfortune(ask, listed);
  if (failed !== undefined) return { name: undefined, overrides: wishes, stop: failed };
  const types = objectsIn(listed.value.output_types);
  const wanted = ask.slots.outputType;
  const named = wanted === undefined ? undefined : types.find((type) => matches(type, wanted));
  if (wanted !== undefined && named === undefined && /output[- ]?type|ausgabetyp|recipe|rezept/.test(ask.folded)) {
    return { name: undefined, overrides: wishes, stop: noSuchType(ask, wanted, types) };
  }
  const chosen = named ?? mentioned(ask, types) ?? nearest(types, wishes);
  const chosenName = textOf(chosen?.name);
  if (chosen === undefined || chosenName === undefined) {
    return {
      name: undefined,
      overrides: wishes,
      stop: pick(ask, 'There are no output types.', 'Es gibt keine Ausgabetypen.'),
    };
  }
  return { name: chosenName, overrides: differences(wishes, chosen) };
}

/** Without a list to choose from, the name must be in the sentence or in the tool's schema. */
function beforeList(ask: Ask, overrides: ImageWishes): Choice {
  if (ask.tools.has('list_output_types')) {
    return { name: undefined, overrides, calls: [ask.tools.call('list_output_types')] };
  }
  const choices = ask.tools.choices('create_order', 'output_type_name');
  const chosen = ask.slots.outputType ?? choices.find((choice) => ask.folded.includes(fold(choice))) ?? choices[0];
  if (chosen !== undefined) return { name: chosen, overrides };
  return {
    name: undefined,
    overrides,
    stop: pick(ask, 'Which output type? Name it.', 'Welcher Ausgabetyp? Nennen Sie ihn.'),
  };
}

function matches(type: JsonObject, wanted: string): boolean {
  const [left, right] = [textOf(type.name) ?? '', wanted].map((text) => fold(text).replace(/s$/, ''));
  return left === right;
}

/** The longest type name that stands in the sentence. */
function mentioned(ask: Ask, types: JsonObject[]): JsonObject | undefined {
  const inSentence = types.filter((type) => {
    const typeName = fold(textOf(type.name) ?? '');
    return typeName.length > 4 && ask.folded.includes(typeName);
  });
  return inSentence.sort((left, right) => (textOf(right.name) ?? '').length - (textOf(left.name) ?? '').length)[0];
}

/** A recipe that shows the part in another way than usual is not taken for its format alone. */
const OTHER_VIEW = /\b(?:front|section|cut|schnitt\w*|vorne?)\b/i;

function nearest(types: JsonObject[], wishes: ImageWishes): JsonObject | undefined {
  const score = (type: JsonObject): number =>
    (wishes.format !== undefined && type.format === wishes.format ? 4 : 0) +
    (wishes.width !== undefined && type.width === wishes.width && type.height === wishes.height ? 2 : 0) +
    (type.is_default === true ? 1 : 0) -
    (wishes.camera === undefined && OTHER_VIEW.test(`${String(type.name)} ${String(type.description)}`) ? 4 : 0);
  return types.reduce<JsonObject | undefined>(
    (best, type) => (best === undefined || score(type) > score(best) ? type : best),
    undefined,
  );
}

/** The wishes that the recipe does not already fulfil. */
function differences(wishes: ImageWishes, type: JsonObject): ImageWishes {
  return Object.fromEntries(Object.entries(wishes).filter(([setting, value]) => type[setting] !== value));
}

function noSuchType(ask: Ask, wanted: string, types: JsonObject[]): string {
  const names = types.map((type) => name(textOf(type.name) ?? '?')).join(', ');
  return pick(
    ask,
    `There is no output type “${name(wanted)}”. There are: ${names}.`,
    `Es gibt keinen Ausgabetyp „${name(wanted)}“. Es gibt: ${names}.`,
  );
}
