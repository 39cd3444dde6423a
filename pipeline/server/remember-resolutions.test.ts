import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const HERE = import.meta.dirname;

/** What a program of its own prints, in the pipeline's folder. */
function printed(script: string, remembering: boolean): unknown {
  const start = remembering
    ? `import { rememberResolutions } from '${path.join(HERE, 'remember-resolutions.ts')}'; rememberResolutions();`
    : '';
  const args = ['--no-warnings', '--input-type=module', '--eval', `${start}\n${script}`];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: HERE, encoding: 'utf8' }));
}

const loadsAll = `
  const { registerHooks } = await import('node:module');
  const loaded = [];
  registerHooks({ load: (url, context, next) => { const got = next(url, context); loaded.push([url, got.format]); return got; } });
  await import('${path.join(HERE, 'pipeline.ts')}');
  console.log(JSON.stringify(loaded.filter(([url]) => !url.startsWith('node:')).sort()));`;

test('every module of the pipeline is the file, and of the format, that Node finds by itself', () => {
  const loaded = printed(loadsAll, true) as [string, string][];
  expect(loaded.length).toBeGreaterThan(500);
  expect(loaded).toEqual(printed(loadsAll, false));
}, 60_000);

test('a package.json is read once for a package, however often it is imported', () => {
  const asks = `
    const { registerHooks } = await import('node:module');
    const asked = {};
    registerHooks({ resolve: (name, context, next) => { const got = next(name, context); asked[name] = (asked[name] ?? 0) + 1; return got; } });
    const remember = await import('${path.join(HERE, 'remember-resolutions.ts')}');
    remember.rememberResolutions();
    await import('${path.join(HERE, '../domain/accounts/index.ts')}');
    console.log(JSON.stringify(asked['drizzle-orm']));`;
  expect(printed(asks, false)).toBe(1);
}, 60_000);

test('a file that is not there is told of by its name', () => {
  const missing = `
    await import('./log.ts');
    const error = await import('./no-such-file.ts').catch((error) => error);
    console.log(JSON.stringify(error.message));`;
  expect(printed(missing, true)).toContain('no-such-file.ts');
}, 60_000);
