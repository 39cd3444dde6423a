import { jsonStream } from '../json-stream.ts';
import {
  categorySchema,
  importAnswerSchema,
  importQuerySchema,
  newSelectionSchema,
  pageOf,
  pageQuerySchema,
  productFilterSchema,
  productImportsSchema,
  productSchema,
  resolveAnswerSchema,
  resolveRequestSchema,
  selectionSchema,
} from '../../../shared/domain/index.ts';
import { fail, ok, unwrap, type Result } from '../../../shared/errors/index.ts';
import { slicePage } from '../../domain/paging.ts';
import { getProduct, listCategories, listProducts, resolveReferences } from '../../domain/products/index.ts';
import { planImport, type Upload } from '../../domain/product-import/index.ts';
import { getSelection, makeSelection } from '../../domain/selections/index.ts';
import { changeRoute, plannedRoute, rawRoute, readRoute, type Route } from '../route.ts';
import { LIST_LIMIT, looseIdParams, wholeList } from './common.ts';

/** 100,000 products have about 20 MB as CSV and 40 MB as JSON. */
const IMPORT_LIMIT = 64_000_000;

/** The body of a route that takes uploads is the file itself; its schema stands in the OpenAPI document only. */
function uploadOf(body: unknown): Result<Upload> {
  return body !== null && typeof body === 'object' && 'bytes' in body
    ? ok(body as Upload)
    : fail('bad_request', 'There is no body. Send the products as application/json or text/csv.');
}

/** Products, their categories, and frozen sets of them. */
export const productRoutes: readonly Route[] = [
  readRoute({
    method: 'GET',
    path: '/products',
    summary: 'Products by name, PIM-ID, designation or category, the nearest first',
    schemas: { query: pageQuerySchema.extend(productFilterSchema.shape) },
    answer: pageOf(productSchema),
    run: ({ tx }, { query: { limit, cursor, ...filter } }) => listProducts(tx, filter, { limit, cursor }),
  }),
  readRoute({
    method: 'GET',
    path: '/products/:id',
    summary: 'One product by id or PIM-ID',
    schemas: { params: looseIdParams },
    answer: productSchema,
    run: ({ tx }, { params }) => getProduct(tx, params.id),
  }),
  readRoute({
    method: 'GET',
    path: '/categories',
    summary: 'The category tree by path',
    ...wholeList(categorySchema),
    run: async ({ tx }, { query }) => slicePage(ok(await listCategories(tx)), query),
  }),
  rawRoute({
    method: 'POST',
    path: '/products/resolve',
    summary: 'What each reference of a product list is',
    bodyLimit: LIST_LIMIT,
    schemas: { body: resolveRequestSchema },
    answer: resolveAnswerSchema,
    run: async ({ services, bearer, signal, reply }, { body }) => {
      if (bearer === null) throw new Error('Resolving needs a bearer.');
      const { tenantId } = bearer;
      const answer = unwrap(
        await resolveReferences((work) => services.database.withTenant(tenantId, work), body.references, signal),
      );
      return reply.type('application/json; charset=utf-8').send(jsonStream(answer, 'items'));
    },
  }),
  plannedRoute({
    method: 'POST',
    path: '/products/import',
    summary: 'Upsert products by PIM-ID, up to 100,000, from JSON or CSV; a row that is the same is not written',
    access: 'admin',
    schemas: { query: importQuerySchema, body: productImportsSchema },
    bodyLimit: IMPORT_LIMIT,
    uploads: true,
    answer: importAnswerSchema,
    fails: ['in_flight'],
    run: async (context, { body, query }) => {
      const upload = uploadOf(body);
      return upload.ok ? await planImport(context, upload.value, query) : upload;
    },
  }),
  changeRoute({
    method: 'POST',
    path: '/selections',
    summary: 'Freeze a set of products under a short id',
    bodyLimit: LIST_LIMIT,
    fails: ['not_found', 'unknown_products', 'selection_expired', 'nothing_found', 'payload_too_large'],
    access: 'viewer',
    audited: false,
    schemas: { body: newSelectionSchema },
    answer: selectionSchema,
    status: 201,
    run: (context, { body }) => makeSelection(context, body),
  }),
  readRoute({
    method: 'GET',
    path: '/selections/:id',
    summary: 'A selection with its first products',
    fails: ['selection_expired'],
    schemas: { params: looseIdParams },
    answer: selectionSchema,
    run: ({ tx }, { params }) => getSelection(tx, params.id),
  }),
];
