import {
  materialMappingChangeSchema,
  materialMappingSchema,
  materialSchema,
  materialWriteSchema,
  outputTypeSchema,
  outputTypeWriteSchema,
  removedSchema,
} from '../../../shared/domain/index.ts';
import { ok } from '../../../shared/errors/index.ts';
import {
  listOutputTypes,
  planMaterial,
  planMaterialRemoval,
  planOutputType,
  planOutputTypeRemoval,
} from '../../domain/library/index.ts';
import { listMappings, listMaterials, planMapping } from '../../domain/materials/index.ts';
import { slicePage } from '../../domain/paging.ts';
import { plannedRoute, readRoute, type Route } from '../route.ts';
import { looseIdParams, wholeList } from './common.ts';

/** What products are rendered with: recipes, materials, and which CAD name becomes which. */
export const materialRoutes: readonly Route[] = [
  readRoute({
    method: 'GET',
    path: '/output-types',
    summary: 'Render recipes, the default first',
    ...wholeList(outputTypeSchema),
    run: async ({ tx }, { query }) => slicePage(ok(await listOutputTypes(tx)), query),
  }),
  readRoute({
    method: 'GET',
    path: '/materials',
    summary: 'The library of render materials',
    ...wholeList(materialSchema),
    run: async ({ tx }, { query }) => slicePage(ok(await listMaterials(tx)), query),
  }),
  readRoute({
    method: 'GET',
    path: '/material-mappings',
    summary: 'CAD material names with their render material, the unmapped first',
    ...wholeList(materialMappingSchema),
    run: async ({ tx }, { query }) => slicePage(ok(await listMappings(tx)), query),
  }),
  plannedRoute({
    method: 'PUT',
    path: '/material-mappings',
    summary: 'Map a CAD material name to a render material, null to unmap it',
    fails: ['unknown_material', 'not_found'],
    schemas: { body: materialMappingChangeSchema.strict() },
    answer: materialMappingSchema,
    run: (context, { body }) => planMapping(context, body),
  }),
  plannedRoute({
    method: 'PUT',
    path: '/output-types/:id',
    summary: 'What the output type of that id or name is from now on; made where there is none of that name',
    access: 'admin',
    schemas: { params: looseIdParams, body: outputTypeWriteSchema },
    answer: outputTypeSchema,
    fails: ['state_conflict'],
    run: (context, { params, body }) => planOutputType(context, params.id, body),
  }),
  plannedRoute({
    method: 'DELETE',
    path: '/output-types/:id',
    summary: 'Delete an output type, or archive it where orders were made with it; never the default',
    access: 'admin',
    schemas: { params: looseIdParams },
    answer: removedSchema,
    fails: ['state_conflict'],
    run: (context, { params }) => planOutputTypeRemoval(context, params.id),
  }),
  plannedRoute({
    method: 'PUT',
    path: '/materials/:id',
    summary: 'What the material of that id or name is from now on; made where there is none of that name',
    access: 'admin',
    schemas: { params: looseIdParams, body: materialWriteSchema },
    answer: materialSchema,
    fails: ['state_conflict'],
    run: (context, { params, body }) => planMaterial(context, params.id, body),
  }),
  plannedRoute({
    method: 'DELETE',
    path: '/materials/:id',
    summary: 'Delete a material that no mapping and no open order uses',
    access: 'admin',
    schemas: { params: looseIdParams },
    answer: removedSchema,
    fails: ['state_conflict'],
    run: (context, { params }) => planMaterialRemoval(context, params.id),
  }),
];
