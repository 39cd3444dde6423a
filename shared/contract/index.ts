export * from './bridge.ts';
export * from './chat.ts';
export * from './model-setup.ts';
export * from './operations.ts';
export * from './page.ts';
export * from './product-list.ts';
export * from './pushes.ts';
export * from './state.ts';
