import { fold } from '../language/fold.ts';
import { NUMBER_WORDS, numberIn } from './count.ts';
import { familyIn } from './families.ts';

/** What products a sentence means: arguments of one product search. */
export interface ProductTerm {
  category?: string;
  query?: string;
  /** The catalogue's own words, where they may be a category as they stand ("Massive Nadellager"). */
  phrase?: string;
  /** Where the words begin with a number that may count products ("10 Kugellager"): it, and the rest of the words. */
  counted?: { amount: number; term: ProductTerm };
}

const AMOUNT = new RegExp(`^(\\d{1,3}|\\d{1,3}[.,]\\d{3}|\\d+000|${NUMBER_WORDS})\\s*[x×]?\\s+(?=\\S)`, 'i');

/** Words that belong to the sentence and not to the product. */
const STOP_WORDS = new Set(
  // English
  (
    'but yet a an the all any every each some of for on in at to from by with without as and or please can could would you me my us our we i want like need let lets ' +
    'render rendered renders rendering create make generate produce order orders ordered new job find search look show list give get display see open ' +
    'product products part parts article articles item items bearing-products image images picture pictures photo photos size sized resolution format quality ' +
    'background camera samples draft drafts material materials override overrides category categories there is are do does have has how many much ' +
    'what which whats that this these those it them its be will now then also just only named called type types output using use set change ' +
    'status last latest current app catalogue catalog put go ahead again up out selection list px pixel pixels named about anything hey hi hello everything ' +
    // German
    'aber jedoch der die das den dem des ein eine einen einem einer eines alle allen aller alles jedes jeden und oder bitte kannst koenntest du mir mich wir uns ich moechte will haette gern gerne brauche ' +
    'rendere rendern render renderst gerendert erstelle erstellen erzeuge erzeugen mache mach machen lege leg an anlegen bestelle bestellen auftrag auftraege auftrags neuen neuer neues ' +
    'finde finden such suche suchen zeig zeige zeigen liste auflisten gib gibt es welche welcher welches haben hast hat wie viele wieviele anzahl ' +
    'produkt produkte produkten produkts teil teile teilen artikel bild bilder bildern groesse aufloesung qualitaet hintergrund kamera entwurf ' +
    'kategorie aus auf in im mit ohne fuer von vom zu zum zur bei als nach ueber was ist sind dies diese dieser diesen dieses sie ihn ihm davon ' +
    'jetzt dann nun mal noch auch nur werden wird soll sollen sollte setze ausgabetyp material oeffne auswahl hallo'
  ).split(' '),
);

const SUFFIX = /[-‐]?(?:produkten?|products?|teilen?|artikeln?)$/i;
const EDGES = /^[\s.,;:!?"'„“”«»()[\]]+|[\s.,;:!?"'„“”«»()[\]]+$/g;

/** The products that the unclaimed rest of a sentence names; several where it joins them by "and", "und" or a comma. */
export function productTerms(rest: string): ProductTerm[] {
  return rest
    .split(/\s+(?:and|und|sowie|plus)\s+|\s*[,;&]\s+|\n+/i)
    .map(significantWords)
    .filter((phrase) => phrase !== '')
    .map((phrase) => {
      const amount = AMOUNT.exec(phrase);
      if (amount?.[1] === undefined) return termOf(phrase);
      const term = termOf(phrase.slice(amount[0].length));
      return { ...termOf(phrase), counted: { amount: numberIn(amount[1]), term } };
    });
}

function significantWords(part: string): string {
  return part
    .split(/\s+/)
    .map((word) => word.replace(EDGES, '').replace(SUFFIX, ''))
    .filter((word) => word !== '' && !STOP_WORDS.has(fold(word)))
    .join(' ')
    .replace(/^[>\s]+|[>\s]+$/g, '');
}

function termOf(phrase: string): ProductTerm {
  if (phrase.includes('>')) return { category: phrase };
  const family = familyIn(phrase);
  if (family === undefined) return /\d/.test(phrase) ? { query: phrase } : { category: phrase };
  if (family.rest === '') return { category: family.category };
  const term = { category: family.category, query: family.rest };
  return family.german && !/\d/.test(family.rest) ? { ...term, phrase } : term;
}
