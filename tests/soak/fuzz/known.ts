/** Remembers ids and names from answers, so that later requests are about things that exist. */
export class Known {
  readonly #byField = new Map<string, string[]>();

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
        if (field === 'id' && typeof value === 'string') this.#add('id', value);
        if (field === 'name' && typeof value === 'string') this.#add(`${kind}_name`, value);
      }
    }
  }

  /** Values seen for this parameter or field. */
  readonly values = (field: string): readonly string[] =>
    this.#byField.get(field) ?? this.#byField.get(Known.#alias[field] ?? '') ?? [];

  #add(field: string, value: string): void {
    const values = this.#byField.get(field) ?? [];
    if (values.length < 200 && value.length < 200 && !values.includes(value)) {
      this.#byField.set(field, [...values, value]);
    }
  }
}
