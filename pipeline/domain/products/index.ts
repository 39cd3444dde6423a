export { listCategories } from './categories.ts';
export { fold, searchColumns } from './fold.ts';
export { getProduct, listProducts, productIdsOf } from './list.ts';
export { findMissing } from './missing.ts';
export { resolveReferences } from './resolve.ts';
