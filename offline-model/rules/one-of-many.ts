import { name } from '../answers/markdown.ts';
import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';

/** "a Kugellager", "ein Rillenkugellager", "a ball bearing": one, of a family of many. */
const ONE =
  /\b(?:an?|ein(?:e[nmrs]?)?|irgendein\w*)\s+(?!(?:order|auftrag|entwurf|draft|image|picture|bild)\b)(?:[\w-]+\s+){0,3}?(?:\w*lager|bearing)\b/;
const ALL = /\b(?:all|every|each|alle[nrs]?|jede[nrs]?|saemtliche)\b/;

/** Does the sentence want one product and name only the family it is of? All of them is not what it says. */
export function wantsOneOfMany({ folded, slots }: Ask): boolean {
  const [term, ...others] = slots.products;
  if (term?.category === undefined || others.length > 0 || /\d/.test(term.query ?? '')) return false;
  return ONE.test(folded) && !ALL.test(folded);
}

/** Asks which one, instead of taking a whole family. */
export function oneOrAll(ask: Ask): string {
  const family = name(ask.slots.products[0]?.category ?? '');
  return pick(
    ask,
    `Which ${family}? Name its designation (“Render 6205 as WebP”), or say “Render all ${family}” if you mean all of them. Nothing was ordered.`,
    `Welches ${family}? Nennen Sie die Bezeichnung („Rendere 6205 als WebP“), oder sagen Sie „Rendere alle ${family}“, wenn alle gemeint sind. Es wurde nichts bestellt.`,
  );
}
