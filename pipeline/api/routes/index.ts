import type { Route } from '../route.ts';
import { accountRoutes } from './accounts.ts';
import { auditRoutes } from './audit.ts';
import { chatRoutes } from './chat.ts';
import { materialRoutes } from './materials.ts';
import { operationRoutes } from './operations.ts';
import { orderRoutes } from './orders.ts';
import { ownAccountRoutes } from './own-account.ts';
import { productRoutes } from './products.ts';
import { renderRoutes } from './renders.ts';
import { serviceRoutes } from './service.ts';
import { userRoutes } from './users.ts';
import { workerRoutes } from './workers.ts';

/** Every route below `/api`: what the server offers, what its OpenAPI document says, and what the tests walk. */
export const ROUTES: readonly Route[] = [
  ...accountRoutes,
  ...ownAccountRoutes,
  ...userRoutes,
  ...productRoutes,
  ...materialRoutes,
  ...orderRoutes,
  ...renderRoutes,
  ...chatRoutes,
  ...auditRoutes,
  ...serviceRoutes,
  ...workerRoutes,
  ...operationRoutes,
];
