export { listCategories, PATH_SEPARATOR } from './categories.ts';
export { ensureCategories, pathKey, readCategoryTree, type CategoryTree } from './category-tree.ts';
export { fold, searchColumns } from './fold.ts';
export { getProduct, listProducts, productIdsOf } from './list.ts';
export { findMissing } from './missing.ts';
export { resolveReferences } from './resolve.ts';
export { findStored, upsertProducts, type StoredProduct } from './write.ts';
