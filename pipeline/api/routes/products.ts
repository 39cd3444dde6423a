import { jsonStream } from '../json-stream.ts';
import {
  categorySchema,
  newSelectionSchema,
  pageOf,
  pageQuerySchema,
  productFilterSchema,
  productSchema,
  resolveAnswerSchema,
  resolveRequestSchema,
  selectionSchema,
} from '../../../shared/domain/index.ts';
import { ok, unwrap } from '../../../shared/errors/index.ts';
import { slicePage } from '../../domain/paging.ts';
import { getProduct, listCategories, listProducts, resolveReferences } from '../../domain/products/index.ts';
import { getSelection, makeSelection } from '../../domain/selections/index.ts';
import { changeRoute, rawRoute, readRoute, type Route } from '../route.ts';
import { LIST_LIMIT, looseIdParams, wholeList } from './common.ts';

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
  changeRoute({
    method: 'POST',
    path: '/selections',
    summary: 'Freeze a set of products under a short id',
    bodyLimit: LIST_LIMIT,
    fails: ['unknown_products', 'selection_expired'],
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
