import { fold } from './fold.ts';

/** Languages the rules understand and answer in. */
export type Language = 'en' | 'de';

const GERMAN = new Set(
  (
    'der die das den dem des ein eine einen einem einer und oder ist sind war wurde wurden wie viele wieviele welche welcher welches ' +
    'mein meine meinen meinem meines meiner letzte letzten letzter letztes letztem alle allen aller auf fuer von vom mit bei beim ' +
    'zu zum zur im als nicht kein keine diese dieser diesen dieses diesem woche monat heute gestern bitte kannst koenntest ' +
    'zeig zeige suche such finde liste rendere rendern erstelle erzeuge bestelle setz setze aendere stelle entferne loesche ' +
    'starte storniere brich wiederhole pruefe mach mache auftrag auftrags auftraege auftraegen bestellung bestellungen ' +
    'fehlgeschlagen fehlgeschlagene fehlgeschlagenen laufen laeuft warum wieso weshalb ich du sie ihn es gibt hallo guten hilfe danke ja ' +
    'was kann entwurf hintergrund qualitaet groesse ausgabetyp ausgabetypen materialien produkte produkten bilder oeffne wann wer ' +
    'ueber ohne aus nach noch mal schick stand fertig abfrage neuesten neueste auswahl'
  ).split(' '),
);

const ENGLISH = new Set(
  (
    'the a an and or is are was were how many which what whats my last latest all on for of with at by to from not no these those this that ' +
    'week month today yesterday please can could you show find search list render create make order orders set change use remove clear ' +
    'start dispatch submit cancel retry check failed running why i me it them there hello hi help thanks thank yes draft background ' +
    'quality size products product output types type materials renders images open when who without into again product status undo give'
  ).split(' '),
);

/** Words that both lists might claim or that say nothing. */
function score(text: string, words: Set<string>): number {
  return fold(text)
    .split(/[^a-z']+/)
    .filter((word) => words.has(word.replaceAll("'", ''))).length;
}

/** The language of a text by its small words; undefined where it has as many of one as of the other. */
export function languageOf(text: string): Language | undefined {
  const german = score(text, GERMAN) + (/[äöüß]/i.test(text) ? 0.5 : 0);
  const english = score(text, ENGLISH);
  if (german === english) return undefined;
  return german > english ? 'de' : 'en';
}
