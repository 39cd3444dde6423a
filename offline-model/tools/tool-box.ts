import { isObject, objectOr } from '../wire/json.ts';
import type { JsonObject } from '../wire/json.ts';
import type { OfferedTool, PlannedCall } from '../wire/types.ts';
import { fitArguments, parameterNames } from './fit-arguments.ts';

/** The tools one request offers. */
export class ToolBox {
  readonly #tools: readonly OfferedTool[];

  constructor(tools: readonly OfferedTool[]) {
    this.#tools = tools;
  }

  get names(): string[] {
    return this.#tools.map((tool) => tool.name);
  }

  has(name: string): boolean {
    return this.#find(name) !== undefined;
  }

  /** Does the tool take a parameter of this name? */
  takes(name: string, parameter: string): boolean {
    return parameterNames(this.#find(name)?.parameters ?? {}).includes(parameter);
  }

  /** A call with the arguments its schema has a place for. */
  call(name: string, args: JsonObject = {}): PlannedCall {
    return { name, arguments: fitArguments(args, this.#find(name)?.parameters ?? {}) };
  }

  /** Does the description of the tool or of its parameter quote this word (a value such as "last")? */
  mentions(name: string, parameter: string, word: string): boolean {
    const tool = this.#find(name);
    const property = objectOr(tool?.parameters.properties)[parameter];
    const words = `${tool?.description ?? ''} ${isObject(property) ? String(property.description) : ''}`;
    return new RegExp(`["'“„\`]${word}["'”“\`]`, 'i').test(words);
  }

  /** Values a parameter may have, as far as its schema names them. */
  choices(name: string, parameter: string): string[] {
    const property = objectOr(objectOr(this.#find(name)?.parameters.properties)[parameter]);
    const values: unknown = property.enum;
    return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
  }

  #find(name: string): OfferedTool | undefined {
    return this.#tools.find((tool) => tool.name === name);
  }
}
