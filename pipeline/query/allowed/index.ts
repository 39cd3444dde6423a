export { ALLOWED_FUNCTIONS } from './functions.ts';
export { ALLOWED_NODES, ALLOWED_TIME_VALUES } from './nodes.ts';
export { ALLOWED_OPERATORS } from './operators.ts';
export { ALLOWED_TYPES } from './types.ts';
export { ALLOWED_VIEWS, SYSTEM_SCHEMA, VIEW_SCHEMA } from './views.ts';
