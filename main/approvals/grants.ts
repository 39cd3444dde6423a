import {
  changedItems,
  GRANTABLE_TOOLS,
  type Effect,
  type Grant,
  type JournalEntry,
} from '../../shared/domain/index.ts';

type Call = Pick<JournalEntry, 'tool' | 'arguments'>;

/** The kinds of changes that a person can approve in advance, by tool. */
const KINDS: Record<(typeof GRANTABLE_TOOLS)[number], (args: JournalEntry['arguments']) => string> = {
  create_order: (args) => (args['dispatch'] === false ? 'draft' : 'dispatch'),
  dispatch_renders: () => '',
  retry_failed_renders: () => '',
  set_material_override: (args) => (args['material_name'] === null ? 'remove' : 'set'),
  set_render_overrides: () => '',
};

/** What kind of its tool a change is, for a standing approval; null where there can be none. */
export function grantKind(call: Call): string | null {
  const tool = GRANTABLE_TOOLS.find((each) => each === call.tool);
  return tool === undefined ? null : KINDS[tool](call.arguments);
}

/** The standing approval that covers a change, if one does. Whether it still counts the pipeline says as it is used. */
export function coveringGrant(grants: readonly Grant[], call: Call, effect: Effect): Grant | undefined {
  const kind = grantKind(call);
  return grants.find((grant) => {
    return grant.tool === call.tool && grant.kind === kind && changedItems(effect) <= grant.max_items;
  });
}
