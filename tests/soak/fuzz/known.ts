/** Remembers ids and names from answers, so that later requests are about things that exist. */
export class Known {
  readonly #byField = new Map<string, string[]>();
  readonly #spared = new Set<string>();

  /** Parameter and body names that mean the same as a field of an answer. */
  static readonly #alias: Record<string, string> = {
    ref: 'number',
    product_ids: 'product_id',
    order_id: 'order_id',
    selection: 'selection_id',
    material_name: 'material',
  };

  /** Takes every string in an answer; an `id` is remembered under the kind of thing its list holds. */
  learn(kind: string, answer: unknown): void {
    if (Array.isArray(answer)) for (const item of answer) this.learn(kind, item);
    else if (typeof answer === 'object' && answer !== null) {
      for (const [field, value] of Object.entries(answer)) {
        if (typeof value === 'string') this.#add(field === 'id' ? `${kind}_id` : field, value);
        else this.learn(kind, value);
        if (field === 'id' && typeof value === 'string') this.#learnState(value, answer);
        if (field === 'name' && typeof value === 'string') this.#add(`${kind}_name`, value);
      }
    }
  }

  /** Never names these: the callers themselves, whom a request could sign out or disable for good. */
  spare(ids: readonly string[]): void {
    for (const id of ids) this.#spared.add(id);
  }

  /** Remembers one value under a name of the caller's. */
  note(field: string, value: string): void {
    this.#add(field, value);
  }

  /** Names it no more, until an answer holds it again. */
  forget(value: string): void {
    for (const [field, values] of this.#byField) {
      if (values.includes(value)) {
        this.#byField.set(
          field,
          values.filter((known) => known !== value),
        );
      }
    }
  }

  /** A thing in a state, such as an order that is a draft, can be found by the state. */
  #learnState(id: string, thing: object): void {
    this.#add('id', id);
    if ('status' in thing && typeof thing.status === 'string') this.#add(`${thing.status}_id`, id);
  }

  /** Values seen for this parameter or field. */
  readonly values = (field: string): readonly string[] =>
    this.#byField.get(field) ?? this.#byField.get(Known.#alias[field] ?? '') ?? [];

  #add(field: string, value: string): void {
    const values = this.#byField.get(field) ?? [];
    if (value.length >= 200 || values.includes(value) || this.#spared.has(value)) return;
    // The newest are the likeliest to be in the state they were seen in.
    this.#byField.set(field, [...values.slice(-199), value]);
  }
}
