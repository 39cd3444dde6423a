export { readProductList, type DroppedList } from './read-product-list.ts';
