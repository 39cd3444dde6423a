import { z } from 'zod';
import type {
  Category,
  ChatSession,
  DryRun,
  Grant,
  Material,
  MaterialMapping,
  MaterialsCheck,
  Order,
  OrderHistoryEntry,
  OrderLine,
  OutputType,
  OwnPolicy,
  Page,
  Product,
  Render,
  RenderStats,
  TenantConfig,
  Usage,
} from '../domain/index.ts';
import {
  loginSchema,
  materialMappingChangeSchema,
  newOrderSchema,
  orderStatusSchema,
  ownPolicySchema,
  renderOverridesSchema,
  renderStatusSchema,
  statsQuerySchema,
  tenantConfigSchema,
} from '../domain/index.ts';
import type { ApprovalRows, ChatMessage, PendingApproval, TurnOutcome } from './chat.ts';
import {
  approvalRowsRequestSchema,
  decisionSchema,
  sendRequestSchema,
  sharedDecisionSchema,
  undoRequestSchema,
} from './chat.ts';
import type { ModelTest, SetUpAnswer } from './model-setup.ts';
import {
  chatChangeRequestSchema,
  chatExportRequestSchema,
  chatListRequestSchema,
  queueChangeRequestSchema,
  type ChatExport,
  type ChatQueue,
} from './chat-sessions.ts';
import type { DeskState } from './state.ts';

const nothing = z.object({}).strict();
const ref = z.object({ ref: z.string().min(1).max(64) }).strict();
const session = z.object({ session_id: z.uuid() }).strict();
const page = { limit: z.number().int().min(1).max(200).optional(), cursor: z.string().max(500).nullish() };

/** A change of one order by a click. */
export const orderActionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('dispatch') }).strict(),
  z.object({ kind: z.literal('cancel') }).strict(),
  z.object({ kind: z.literal('retry_failed') }).strict(),
  z.object({ kind: z.literal('material_override'), material_name: z.string().max(200).nullable() }).strict(),
  z.object({ kind: z.literal('render_overrides'), overrides: renderOverridesSchema }).strict(),
]);
export type OrderAction = z.infer<typeof orderActionSchema>;

/** The request schema of every operation of the desk; checked at the door, so handlers get what they expect. */
export const OPERATION_REQUESTS = {
  'desk.state': nothing,
  'auth.sign_in': loginSchema.strict(),
  /** With `forget_model_key` this machine's key of the company's model goes too. */
  'auth.sign_out': z.object({ forget_model_key: z.boolean().optional() }).strict(),
  'orders.list': z
    .object({
      ...page,
      status: orderStatusSchema.optional(),
      text: z.string().max(200).optional(),
      mine: z.boolean().optional(),
    })
    .strict(),
  'orders.get': ref,
  'orders.lines': z.object({ ref: z.string().max(64), status: renderStatusSchema.optional(), ...page }).strict(),
  'orders.history': ref,
  'orders.materials_check': ref,
  'orders.preview': z.object({ ref: z.string().max(64), action: orderActionSchema }).strict(),
  'orders.act': z
    .object({ ref: z.string().max(64), action: orderActionSchema, snapshot: z.string().max(200).optional() })
    .strict(),
  'orders.preview_create': newOrderSchema,
  'orders.create': z.object({ order: newOrderSchema, snapshot: z.string().max(200).optional() }).strict(),
  'products.list': z
    .object({ ...page, query: z.string().max(200).optional(), category: z.string().max(300).optional() })
    .strict(),
  'products.get': z.object({ id: z.string().max(64) }).strict(),
  'categories.list': nothing,
  'output_types.list': nothing,
  'materials.list': nothing,
  'mappings.list': nothing,
  'mappings.put': materialMappingChangeSchema.strict(),
  'renders.get': z.object({ id: z.uuid() }).strict(),
  'renders.log': z.object({ id: z.uuid() }).strict(),
  'stats.renders': statsQuerySchema.partial().strict(),
  'chat.sessions': chatListRequestSchema,
  'chat.change': chatChangeRequestSchema,
  'chat.export': chatExportRequestSchema,
  'chat.regenerate': session,
  'chat.queue': session,
  'chat.change_queue': queueChangeRequestSchema,
  'chat.messages': session,
  'chat.delete': session,
  'chat.send': sendRequestSchema,
  'chat.approvals': nothing,
  'chat.approval_rows': approvalRowsRequestSchema,
  'chat.decide': decisionSchema.extend({ id: z.uuid() }),
  'chat.decide_all': sharedDecisionSchema,
  'chat.undo': undoRequestSchema,
  'chat.grants': z.object({ session_id: z.uuid().optional() }).strict(),
  'chat.revoke_grant': z.object({ id: z.uuid() }).strict(),
  'chat.stop': session,
  'chat.usage': z.object({ session_id: z.uuid().nullish() }).strict(),
  'settings.get': nothing,
  'settings.own_policy': nothing,
  'settings.put_own_policy': ownPolicySchema,
  'settings.put': tenantConfigSchema.partial().strict(),
  'credentials.set_model_key': z.object({ key: z.string().trim().min(1).max(4000) }).strict(),
  'credentials.delete_model_key': nothing,
  /** Asks the configured model one small question and says in words how that went. */
  'model.test': nothing,
  /** The set-up code of the company's model, without its key: a key that is kept never comes back to a window. */
  'model.setup_code': nothing,
  /** Takes over what a pasted set-up code says: the endpoint (admins), the key it holds. */
  'model.set_up': z.object({ code: z.string().min(1).max(20_000) }).strict(),
  'shell.open_external': z.object({ url: z.string().max(2000) }).strict(),
} as const;

/** What every operation answers. */
export interface OperationAnswers {
  'desk.state': DeskState;
  'auth.sign_in': DeskState;
  'auth.sign_out': DeskState;
  'orders.list': Page<Order>;
  'orders.get': Order;
  'orders.lines': Page<OrderLine>;
  'orders.history': OrderHistoryEntry[];
  'orders.materials_check': MaterialsCheck;
  'orders.preview': DryRun;
  'orders.act': Order;
  'orders.preview_create': DryRun;
  'orders.create': Order;
  'products.list': Page<Product>;
  'products.get': Product;
  'categories.list': Category[];
  'output_types.list': OutputType[];
  'materials.list': Material[];
  'mappings.list': MaterialMapping[];
  'mappings.put': MaterialMapping;
  'renders.get': Render;
  'renders.log': { at: string; text: string }[];
  'stats.renders': RenderStats;
  'chat.sessions': ChatSession[];
  'chat.change': ChatSession;
  'chat.export': ChatExport;
  'chat.regenerate': TurnOutcome;
  'chat.queue': ChatQueue;
  'chat.change_queue': ChatQueue;
  'chat.messages': ChatMessage[];
  'chat.delete': { deleted: boolean };
  'chat.send': TurnOutcome;
  'chat.approvals': PendingApproval[];
  'chat.approval_rows': ApprovalRows;
  'chat.decide': TurnOutcome;
  'chat.decide_all': TurnOutcome;
  'chat.undo': TurnOutcome;
  'chat.grants': Grant[];
  'chat.revoke_grant': { revoked: boolean };
  'chat.stop': { stopped: boolean };
  'chat.usage': Usage;
  'settings.get': TenantConfig;
  'settings.own_policy': OwnPolicy;
  'settings.put_own_policy': OwnPolicy;
  'settings.put': TenantConfig;
  'credentials.set_model_key': DeskState;
  'credentials.delete_model_key': DeskState;
  'model.test': ModelTest;
  'model.setup_code': { code: string };
  'model.set_up': SetUpAnswer;
  'shell.open_external': { opened: boolean };
}

export type OperationName = keyof typeof OPERATION_REQUESTS;
/** A request as a caller writes it, before defaults. */
export type OperationRequest<K extends OperationName> = z.input<(typeof OPERATION_REQUESTS)[K]>;
/** A request as a handler gets it, checked and with defaults. */
export type CheckedRequest<K extends OperationName> = z.output<(typeof OPERATION_REQUESTS)[K]>;

/** Own properties only: the name comes from outside. */
export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(OPERATION_REQUESTS, name);
}
