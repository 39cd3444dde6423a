/** Takes recognised spans out of a sentence, so that what is left are the words nobody has claimed. */
export class SpanReader {
  #rest: string;

  constructor(text: string) {
    this.#rest = text;
  }

  /** What has not been taken. */
  get rest(): string {
    return this.#rest;
  }

  /** Takes the first match; undefined where there is none. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.#rest);
    if (match === null) return undefined;
    this.#rest = `${this.#rest.slice(0, match.index)} ${this.#rest.slice(match.index + match[0].length)}`;
    return match;
  }

  /** Takes every match of a pattern that is not global. */
  takeAll(pattern: RegExp): RegExpExecArray[] {
    const matches: RegExpExecArray[] = [];
    for (let match = this.take(pattern); match !== undefined; match = this.take(pattern)) matches.push(match);
    return matches;
  }
}
