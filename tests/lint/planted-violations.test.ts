import { ESLint, type Linter } from 'eslint';
import { relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanFiles, violations } from './planted-files.ts';
import { plantTree } from './planted-tree.ts';

/** Every rule the structure rests on, broken once on purpose in a copy of the lint set-up; and the same tree when clean. */
describe('lint', () => {
  const found = new Map<string, Linter.LintMessage[]>();
  let removeTree: () => Promise<void>;

  beforeAll(async () => {
    const planted = Object.fromEntries(violations.map(({ path, text }) => [path, text]));
    const tree = await plantTree({ ...cleanFiles, ...planted });
    removeTree = tree.remove;
    const eslint = new ESLint({ cwd: tree.path, overrideConfigFile: `${tree.path}/eslint.config.js` });
    const results = await eslint.lintFiles(Object.keys({ ...cleanFiles, ...planted }));
    for (const result of results) found.set(relative(tree.path, result.filePath), result.messages);
  }, 120_000);
  afterAll(() => removeTree());

  it.each(violations)('$path: $what', ({ path, rule }) => {
    expect(found.get(path)?.map((message) => message.ruleId)).toEqual([rule]);
  });

  it.each(Object.keys(cleanFiles))('%s is clean', (path) => {
    expect(found.get(path)).toEqual([]);
  });
});
