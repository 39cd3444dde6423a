import { create } from 'zustand';
import { onUserChange } from '../../desk/take-state.ts';

interface ProductsView {
  /** Id of the chosen category; undefined: all. */
  category: string | undefined;
  /** Chosen products by id, with their PIM-ID. */
  chosen: ReadonlyMap<string, string>;
}

/** Where one is in the catalogue and which products are chosen for an order. */
export const useProductsView = create<ProductsView>()(() => ({ category: undefined, chosen: new Map() }));

onUserChange(() => useProductsView.setState({ category: undefined, chosen: new Map() }));

/** Chooses or lets go of products. */
export function choose(products: readonly { id: string; pim_id: string }[], chosen: boolean): void {
  const next = new Map(useProductsView.getState().chosen);
  for (const { id, pim_id } of products) {
    if (chosen) next.set(id, pim_id);
    else next.delete(id);
  }
  useProductsView.setState({ chosen: next });
}

export function chooseNone(): void {
  useProductsView.setState({ chosen: new Map() });
}
