export { listOutputTypes } from './list-output-types.ts';
export { planMaterial, planMaterialRemoval } from './materials.ts';
export { planOutputType, planOutputTypeRemoval } from './output-types.ts';
