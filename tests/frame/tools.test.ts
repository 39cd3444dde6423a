import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { TOOLS } from '../../main/agent/tools/index.ts';
import { allTools } from '../../offline-model/test-support/offered-tools.ts';
import { TOOL_NAMES } from '../../renderer/features/chat/tool-words.ts';

const names = TOOLS.map(({ name }) => name);

/** Rows of the table in docs/tools.md: the tool and its kind. */
async function described(): Promise<[name: string, kind: string][]> {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'tools.md'), 'utf8');
  return [...text.matchAll(/^\| `(\w+)`\s*\| (read|change)\s*\|/gm)].map(([, name = '', kind = '']) => [name, kind]);
}

it('every tool is described in docs/tools.md, as what it is', async () => {
  const all = TOOLS.map(({ name, kind }) => [name, kind]);
  expect((await described()).toSorted()).toEqual(all.toSorted());
});

it('every tool has words for people', () => {
  expect(Object.keys(TOOL_NAMES).toSorted()).toEqual(names.toSorted());
});

it('every tool is known to the offline model, with arguments of the same names', () => {
  const known = allTools as { function: { name: string; parameters: { properties: object } } }[];
  const argumentsOf = (tools: typeof known) =>
    Object.fromEntries(tools.map(({ function: of }) => [of.name, Object.keys(of.parameters.properties).toSorted()]));
  expect(argumentsOf(known)).toEqual(argumentsOf(TOOLS.map(({ wire }) => wire) as unknown as typeof known));
});
