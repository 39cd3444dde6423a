/** What Stryker shows of a place in the code, as far as it is read here. */
interface Place {
  node: { type: string; key?: Named; value?: Typed };
  parentPath: { node: { type: string; callee?: { property?: Named } } } | null;
}
type Named = { name?: string };
type Typed = { type: string };

const TEXTS = ['StringLiteral', 'BinaryExpression', 'TemplateLiteral'];
const REASON = 'wording for a model, which no test can judge';

/** What a tool says of itself, and of an argument. */
function isWording({ node, parentPath }: Place): boolean {
  if (node.type === 'ObjectProperty') return node.key?.name === 'description' && TEXTS.includes(node.value?.type ?? '');
  const call = parentPath?.node;
  return node.type === 'StringLiteral' && call?.callee?.property?.name === 'describe';
}

/** Tells Stryker to leave descriptions of tools and arguments alone. Every other text is mutated like any code. */
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'wording',
    value: { shouldIgnore: (place: Place) => (isWording(place) ? REASON : undefined) },
  },
];
