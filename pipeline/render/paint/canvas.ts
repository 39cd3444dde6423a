/** A number as SVG wants it: two decimals, no trailing zeros. */
export function num(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** One colour stop of a gradient: place 0 to 1, `#rrggbb`, and opacity where it is not opaque. */
export interface Stop {
  readonly at: number;
  readonly color: string;
  readonly opacity?: number;
}

function stopsMarkup(stops: readonly Stop[]): string {
  return stops
    .map(({ at, color, opacity }) => {
      const alpha = opacity === undefined ? '' : ` stop-opacity="${num(opacity)}"`;
      return `<stop offset="${Math.round(at * 1000) / 1000}" stop-color="${color}"${alpha}/>`;
    })
    .join('');
}

/**
 * Collects the elements of one SVG in painting order, with its definitions. It takes no text: all that is drawn are
 * numbers and colours of our own, so nothing of a product's words can become markup.
 */
export class Canvas {
  readonly #definitions: string[] = [];
  readonly #byContent = new Map<string, string>();
  readonly #body: string[] = [];

  /** Adds markup on top of what is there. */
  add(markup: string): void {
    this.#body.push(markup);
  }

  /** Fills a path; holes by the even-odd rule. */
  fill(path: string, paint: string): void {
    this.#body.push(`<path d="${path}" fill="${paint}"/>`);
  }

  /** Adds markup of which only what lies inside a path is seen. */
  clipped(path: string, markup: string): void {
    const clip = this.define('clipPath', '', `<path d="${path}"/>`);
    this.#body.push(`<g clip-path="url(#${clip})">${markup}</g>`);
  }

  /** A definition by what it holds; the same one twice is kept once. Returns its id. */
  define(element: string, attributes: string, content: string): string {
    const key = `${element} ${attributes} ${content}`;
    const known = this.#byContent.get(key);
    if (known !== undefined) return known;
    const id = `p${this.#definitions.length}`;
    this.#byContent.set(key, id);
    this.#definitions.push(`<${element} id="${id}" ${attributes}>${content}</${element}>`);
    return id;
  }

  /** A gradient from one picture point to another, as a paint. */
  linear(from: readonly [number, number], to: readonly [number, number], stops: readonly Stop[]): string {
    const place = `gradientUnits="userSpaceOnUse" x1="${num(from[0])}" y1="${num(from[1])}" x2="${num(to[0])}" y2="${num(to[1])}"`;
    return `url(#${this.define('linearGradient', place, stopsMarkup(stops))})`;
  }

  /** A gradient over the box of what it fills, from a focus out to the rim, as a paint. */
  radial(focus: readonly [number, number], stops: readonly Stop[]): string {
    const place = `cx="0.5" cy="0.5" r="0.5" fx="${num(focus[0])}" fy="${num(focus[1])}"`;
    return `url(#${this.define('radialGradient', place, stopsMarkup(stops))})`;
  }

  /** A gradient from a focus out to a circle given in pixels, as a paint. Its stops are shared among all such circles. */
  radialAt(
    center: readonly [number, number],
    radius: number,
    focus: readonly [number, number],
    stops: readonly Stop[],
  ): string {
    const shared = this.define('radialGradient', '', stopsMarkup(stops));
    const place =
      `gradientUnits="userSpaceOnUse" cx="${num(center[0])}" cy="${num(center[1])}" r="${num(radius)}" ` +
      `fx="${num(focus[0])}" fy="${num(focus[1])}" href="#${shared}"`;
    return `url(#${this.define('radialGradient', place, '')})`;
  }

  /** The whole picture, pixels. */
  toSvg(width: number, height: number): string {
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
      `viewBox="0 0 ${width} ${height}"><defs>${this.#definitions.join('')}</defs>` +
      `<g fill-rule="evenodd">${this.#body.join('')}</g></svg>`
    );
  }
}
