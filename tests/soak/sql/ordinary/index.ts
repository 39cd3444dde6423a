export { checkedQueries } from './checked.ts';
export { figuresOf } from './figures.ts';
export { ordinaryQueries } from './queries.ts';
