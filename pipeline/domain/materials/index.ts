export { listMappings, planMapping, readMappedNames } from './mappings.ts';
export { listMaterials, namedMaterial } from './named-material.ts';
