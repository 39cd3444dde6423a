import type { SpanReader } from './span-reader.ts';

/** A name: one word, and the words after it that start with a capital or a digit. */
const WORD = '[A-Za-zÄÖÜäöüß0-9][\\wÄÖÜäöüß./-]*';
const NAME = `(${WORD}(?:\\s+[A-Z0-9][\\w./-]*)*)`;
const QUOTED = '["\'„“«]([^"\'“”»]+)["\'“”»]';
const KEYWORD =
  '(?:[Rr]ender[- ]?)?(?:[Mm]aterials?|[Ww]erkstoff)(?:[\\s-]*(?:[Oo]verrides?|[Üü]berschreibung(?:en)?|[Uu]eberschreibung))?';
const LINK = '(?:\\s+(?:to|auf|with|by|is|ist|be|as|als|durch|mit)|\\s*[=:])?';
const NOT_A_NAME =
  /^(?:override|overrides|to|auf|on|for|of|from|at|in|as|als|by|with|mit|für|fuer|von|bei|and|und|mapping|mappings|check|the|like|wie|containing|in|are|sind|der|die|das|set|setzen|entfernen|remove|is|are|ist|sind|unmapped)$/i;

const REMOVE =
  /\b(?:remove|clear|reset|delete|unset|drop|no|without|entfern\w*|l(?:ö|oe)sch\w*|kein\w*|ohne|zur(?:ü|ue)cksetz\w*)\b[^.;]*\b(?:materials?|werkstoff)[\s-]*(?:overrides?|(?:ü|ue)berschreibung(?:en)?)?/i;
const REMOVE_AFTER =
  /\b(?:materials?|werkstoff)[\s-]*(?:overrides?|(?:ü|ue)berschreibung(?:en)?)?\b[^.;]*\b(?:remove|entfernen|l(?:ö|oe)schen|zur(?:ü|ue)cksetzen|aufheben|to none|to null|auf null|auf keins?)\b/i;

/**
 * Takes the material override a sentence asks for: its name, null where it is to be removed, undefined where the sentence
 * asks for none.
 */
export function takeMaterial(reader: SpanReader): string | null | undefined {
  if (reader.take(REMOVE) !== undefined || reader.take(REMOVE_AFTER) !== undefined) return null;
  const patterns = [
    `\\b${KEYWORD}${LINK}\\s*${QUOTED}`,
    `\\b${KEYWORD}${LINK}\\s+${NAME}`,
    `(?:[Uu]se|[Nn]imm|[Vv]erwende|[Ss]et|[Ss]etze|[Bb]enutze)\\s+${NAME}\\s+(?:as|als)\\s+(?:the\\s+|das\\s+)?${KEYWORD}`,
    `${NAME}\\s+(?:as|als)\\s+(?:the\\s+|das\\s+)?${KEYWORD}`,
    `\\b[Oo]verrides?${LINK}\\s+([A-Z][a-z]+-[A-Z][\\w-]*)(?!\\w)`,
    `\\b(?:[Ii]n|[Ww]ith|[Mm]it|[Aa]us)\\s+([A-Z][a-z]+-[A-Z][\\w-]*)(?!\\w)`,
  ];
  for (const pattern of patterns) {
    const name = new RegExp(pattern).exec(reader.rest)?.[1]?.trim();
    if (name === undefined || NOT_A_NAME.test(name) || /lagern?$/i.test(name)) continue;
    reader.take(new RegExp(pattern));
    return name.replace(/[.,;]+$/, '');
  }
  return undefined;
}
