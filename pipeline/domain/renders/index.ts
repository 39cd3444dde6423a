export { findRender, presentRender, type RenderRow } from './renders.ts';
