export { refuseAmounts } from './amounts.ts';
export { refuseFunction, refuseOperator, refuseRelation, refuseType, refuseWithName } from './names.ts';
export { refusal, type Node, type Refusal } from './refusal.ts';
export { isTag, visits } from './tree.ts';
