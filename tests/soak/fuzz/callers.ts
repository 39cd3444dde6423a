import type { LoginAnswer } from '../../../shared/domain/index.ts';
import { newToken } from '../../helpers/new-token.ts';
import type { RunningPipeline } from '../../helpers/pipeline.ts';
import { Known } from './known.ts';
import type { Wall } from './wall.ts';

/** Somebody who calls: a sample user with a token, and what this user has seen. */
export interface Caller {
  readonly email: string;
  readonly role: string;
  readonly tenantId: string;
  readonly known: Known;
  token: string;
}

const lists: Record<string, string> = {
  product: '/api/products?limit=50',
  order: '/api/orders?limit=50',
  output_type: '/api/output-types',
  material: '/api/materials',
  mapping: '/api/material-mappings',
  category: '/api/categories',
  session: '/api/chat/sessions',
  tool_call: '/api/chat/tool-calls',
  user: '/api/users?limit=50',
};

/** Every sample user of both tenants. */
export async function openCallers(pipeline: RunningPipeline, wall: Wall): Promise<Caller[]> {
  const users = await pipeline.sampleUsers();
  users.forEach((user) => {
    wall.addUser(user);
  });
  return users.map((user: LoginAnswer) => {
    const known = new Known();
    known.spare(users.map((each) => each.user.id));
    return { email: user.user.email, role: user.user.role, tenantId: user.tenant.id, known, token: user.token };
  });
}

/** Looks at the caller's lists, so that requests are about what is there now. */
export async function refresh(pipeline: RunningPipeline, caller: Caller, wall: Wall): Promise<void> {
  const { token, known, tenantId } = caller;
  for (const [kind, path] of Object.entries(lists)) {
    const response = await pipeline.request(token, path);
    const text = await response.text();
    if (!response.ok) continue;
    known.learn(kind, JSON.parse(text) as unknown);
    wall.learn(tenantId, text);
  }
  for (const order of known.values('done_id').slice(-3)) {
    const response = await pipeline.request(token, `/api/orders/${order}/lines?limit=20`);
    const { items = [] } = (await response.json()) as { items?: { render_id: string | null; has_image: boolean }[] };
    for (const { render_id: id, has_image: hasImage } of items) {
      if (id !== null) known.note('render_id', id);
      if (id !== null && hasImage) known.note('image_id', id);
    }
  }
}

/** A fresh token; a request may have ended the one before. */
export async function renew(pipeline: RunningPipeline, caller: Caller): Promise<void> {
  caller.token = await newToken(pipeline, caller.email);
}
