import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../scripts/run-command.ts';
import { closingLine, oneStep, sum, withExitCode, type Counts } from '../../scripts/test/counts.ts';

const root = resolve(import.meta.dirname, '../..');
const reporters = join(root, 'scripts/test');

describe('the closing line', () => {
  it('has exactly the form that scripts read', () => {
    const skipped = [{ name: 'a', reason: 'b' }];
    expect(closingLine(sum([{ passed: 7, failed: 1, skipped }, oneStep(0), oneStep(2)]))).toBe(
      '8 passed, 2 failed, 1 skipped',
    );
  });

  it('counts a runner that failed without a failed test', () => {
    const none: Counts = { passed: 3, failed: 0, skipped: [] };
    expect(withExitCode(none, 1).failed).toBe(1);
    expect(withExitCode({ ...none, failed: 2 }, 1).failed).toBe(2);
    expect(withExitCode(none, 0).failed).toBe(0);
  });
});

const vitestFiles = {
  'vitest.config.ts': `import { CountsReporter } from '${reporters}/vitest-counts-reporter.ts';
    export default { test: { include: ['*.test.ts'], reporters: [new CountsReporter()] } };`,
  'some.test.ts': `import { beforeAll, describe, expect, it } from 'vitest';
    it('holds', () => expect(1).toBe(1));
    it('fails', () => expect(1).toBe(2));
    it('leaves', (ctx) => ctx.skip('no browser'));
    describe('never set up', () => { beforeAll(() => { throw new Error('no'); }); it('waits', () => {}); });`,
  'broken.test.ts': `import './not-there.ts';`,
};

const playwrightFiles = {
  'playwright.config.ts': `export default { testDir: '.', testMatch: '*.spec.ts', reporter: [['${reporters}/playwright-counts-reporter.ts']] };`,
  'some.spec.ts': `import { expect, test } from '@playwright/test';
    test('holds', () => expect(1).toBe(1));
    test('fails', () => expect(1).toBe(2));
    test('leaves', () => test.skip(true, 'no browser'));`,
};

describe('the counts of a real run', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'renderdesk-counts-'));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [name, text] of Object.entries({ ...vitestFiles, ...playwrightFiles })) {
      await writeFile(join(folder, name), text);
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function countsOf(...command: string[]): Promise<Counts> {
    const file = join(folder, 'counts.json');
    const { exitCode, output } = await runCommand(command, { env: { RENDERDESK_COUNTS_FILE: file } });
    expect(exitCode, output).toBe(1);
    return JSON.parse(await readFile(file, 'utf8')) as Counts;
  }

  it('of vitest: a file that does not load and a set-up that fails are failures, a skip keeps its reason', async () => {
    const counts = await countsOf('vitest', 'run', '--root', folder);
    expect(counts).toMatchObject({ passed: 1, failed: 3 });
    expect(counts.skipped.map(({ reason }) => reason).sort()).toEqual(['its set-up failed', 'no browser']);
  }, 60_000);

  it('of Playwright', async () => {
    const counts = await countsOf('playwright', 'test', '--config', join(folder, 'playwright.config.ts'));
    expect(counts).toEqual({
      passed: 1,
      failed: 1,
      skipped: [{ name: 'some.spec.ts > leaves', reason: 'no browser' }],
    });
  }, 60_000);
});
