import {
  materialMappingChangeSchema,
  materialMappingSchema,
  materialSchema,
  outputTypeSchema,
} from '../../../shared/domain/index.ts';
import { ok } from '../../../shared/errors/index.ts';
import { listMappings, listMaterials, planMapping } from '../../domain/materials/index.ts';
import { listOutputTypes } from '../../domain/output-types.ts';
import { slicePage } from '../../domain/paging.ts';
import { plannedRoute, readRoute, type Route } from '../route.ts';
import { wholeList } from './common.ts';

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
];
