/** One planted file that breaks exactly one rule. */
export interface Violation {
  readonly what: string;
  readonly path: string;
  readonly text: string;
  /** Null: an unused suppression, which ESLint reports without a rule. */
  readonly rule: string | null;
}

const value = 'export const value = 1;\n';
const uses = (source: string, name = 'value', again = 'again') =>
  `import { ${name} } from '${source}';\nexport const ${again} = ${name};\n`;
const types = (source: string, name: string) =>
  `import type { ${name} } from '${source}';\nexport type Again = ${name};\n`;
const lines = (count: number, line: string) => `${line}\n`.repeat(count);

const handle = `export function handle(ipcMain: IpcMain): void {
  ipcMain.handle('a', () => 1);
}
`;

/** Files that follow every rule; the violations below import them. */
export const cleanFiles: Record<string, string> = {
  'shared/domain/index.ts': value,
  'main/desk.ts': uses('./agent/index.ts'),
  'main/index.ts': uses('electron', 'app') + uses('./desk.ts', 'again', 'desk'),
  'main/agent/index.ts': "export { again as value } from './loop.ts';\n",
  'main/agent/loop.ts': uses('../../shared/domain/index.ts'),
  'main/agent/loop.test.ts': uses('../../tests/helpers/desk.ts') + uses('../chat/sessions.ts', 'sessions', 'inside'),
  'main/chat/index.ts': uses('../agent/index.ts'),
  'main/chat/sessions.ts': 'export const sessions = 1;\n',
  'main/doors/web/index.ts': uses('../../agent/index.ts') + "console.log('listening');\n",
  'main/doors/ipc/handle.ts': `import type { IpcMain } from 'electron';\n${handle}`,
  'main/shell/windows.ts': uses('electron', 'BrowserWindow') + uses('../doors/ipc/handle.ts', 'handle', 'ipc'),
  'preload/bridge.ts': "import { ipcRenderer } from 'electron';\nexport const ask = () => ipcRenderer.invoke('a');\n",
  'renderer/app/app.tsx': uses('../../shared/domain/index.ts'),
  'pipeline/api/orders.ts': uses('../../shared/domain/index.ts'),
  'pipeline/api/value.ts': value,
  'offline-model/rules.ts': uses('../shared/domain/index.ts', 'value', 'rules'),
  'scripts/size.ts': uses('../shared/domain/index.ts') + "console.log('size');\n",
  'bench/agent.bench.ts': uses('../main/agent/index.ts'),
  'tests/helpers/desk.ts': value,
  'tests/cross.test.ts': uses('../main/chat/sessions.ts', 'sessions', 'ours') + uses('../pipeline/api/value.ts'),
  'knip.config.ts': 'export default {};\n',
};

const imports = (what: string, path: string, text: string): Violation => ({
  what,
  path,
  text,
  rule: 'boundaries/dependencies',
});
const breaks = (rule: string | null, what: string, path: string, text: string): Violation => ({
  what,
  path,
  text,
  rule,
});

const layerViolations: Violation[] = [
  imports('shared imports a layer', 'shared/domain/leak.ts', uses('../../pipeline/api/value.ts')),
  imports('renderer imports main', 'renderer/app/leak.ts', uses('../../main/agent/index.ts')),
  imports('preload imports main', 'preload/leak.ts', uses('../main/agent/index.ts')),
  imports('main imports pipeline', 'main/agent/leak.ts', uses('../../pipeline/api/value.ts')),
  imports('pipeline imports main', 'pipeline/api/leak.ts', uses('../../main/agent/index.ts')),
  imports('pipeline imports offline-model', 'pipeline/jobs/leak.ts', uses('../../offline-model/rules.ts', 'rules')),
  imports('offline-model imports main', 'offline-model/leak.ts', uses('../main/agent/index.ts')),
  imports('scripts import a layer', 'scripts/leak.ts', uses('../main/agent/index.ts')),
  imports('a source imports tests', 'main/chat/leak-tests.ts', uses('../../tests/helpers/desk.ts')),
  imports('a test imports another layer', 'pipeline/api/leak.test.ts', uses('../../main/agent/index.ts')),
  imports('a type crosses layers', 'pipeline/api/leak-type.ts', types('../../main/shell/windows.ts', 'ipc')),
  breaks('boundaries/no-unknown-files', 'a file outside every layer', 'elsewhere.ts', value),
  breaks('boundaries/no-unknown-files', 'a folder outside every layer', 'extra/thing.ts', value),
  breaks('boundaries/no-unknown-files', 'a file in no domain of main', 'main/misc/thing.ts', value),
];

const insideMainViolations: Violation[] = [
  imports('a domain entered beside its index', 'main/agent/side.ts', uses('../chat/sessions.ts', 'sessions')),
  imports(
    'a re-export beside the index',
    'main/agent/re-export.ts',
    "export { sessions } from '../chat/sessions.ts';\n",
  ),
  imports(
    'a late import beside the index',
    'main/agent/late.ts',
    "export const late = import('../chat/sessions.ts');\n",
  ),
  imports('a domain imports a door', 'main/chat/to-door.ts', uses('../doors/ipc/handle.ts', 'handle')),
  imports('a domain imports the shell', 'main/chat/to-shell.ts', uses('../shell/windows.ts', 'ipc', 'shell')),
  imports('a domain imports the desk', 'main/chat/to-desk.ts', uses('../desk.ts', 'again', 'desk')),
  imports('a door enters beside the index', 'main/doors/web/side.ts', uses('../../chat/sessions.ts', 'sessions')),
  imports('a door imports the shell', 'main/doors/web/to-shell.ts', uses('../../shell/windows.ts', 'ipc', 'shell')),
];

const electronImport = '@typescript-eslint/no-restricted-imports';
const rawCall = 'no-restricted-syntax';

const electronViolations: Violation[] = [
  breaks(electronImport, 'electron in a domain', 'main/settings/index.ts', uses('electron', 'app')),
  breaks(electronImport, 'electron in a door', 'main/doors/ipc/send.ts', uses('electron', 'ipcMain')),
  breaks(electronImport, 'electron in the pipeline', 'pipeline/electron.ts', uses('electron', 'app')),
  breaks(electronImport, 'electron in the renderer', 'renderer/app/electron.ts', uses('electron', 'ipcRenderer')),
  breaks(
    rawCall,
    'ipcMain outside its wrapper',
    'main/shell/raw.ts',
    "import { ipcMain } from 'electron';\nipcMain.handle('a', () => 1);\n",
  ),
  breaks(
    rawCall,
    'webContents.send outside its wrapper',
    'main/shell/push.ts',
    "import type { BrowserWindow } from 'electron';\nexport const push = (to: BrowserWindow) => to.webContents.send('a');\n",
  ),
  breaks(
    rawCall,
    'ipcRenderer outside preload',
    'main/shell/renderer.ts',
    "import { ipcRenderer } from 'electron';\nexport const ask = () => ipcRenderer.invoke('a');\n",
  ),
];

const longFunction = `export function long(): void {\n${lines(80, '  // line')}}\n`;
const fiveParameters = 'export const sum = (a: 1, b: 1, c: 1, d: 1, e: 1) => a + b + c + d + e;\n';
const loose = 'export const loose = (given: any) => String(given);\n';
const hook = `import { useState } from 'react';
export function Box({ on }: { on: boolean }) {
  if (on) useState(1);
  return null;
}
`;
const anyRule = '@typescript-eslint/no-explicit-any';

const sizeAndStyleViolations: Violation[] = [
  breaks('max-lines', 'a file over 400 lines', 'shared/long.ts', lines(401, 'export {};')),
  breaks('max-lines', 'a test over 400 lines', 'shared/long.test.ts', lines(401, 'export {};')),
  breaks('max-lines', 'blank lines and comments count', 'shared/blank.ts', lines(202, '// line\n')),
  breaks('max-lines-per-function', 'a function over 80 lines', 'shared/long-function.ts', longFunction),
  breaks('max-params', 'five parameters', 'shared/parameters.ts', fiveParameters),
  breaks(anyRule, 'any', 'shared/loose.ts', loose),
  breaks(
    '@typescript-eslint/no-floating-promises',
    'a floating promise',
    'shared/floating.ts',
    'export function start(): void {\n  Promise.resolve(1);\n}\n',
  ),
  breaks(
    '@typescript-eslint/consistent-type-imports',
    'a type imported as a value',
    'shared/type-import.ts',
    "import { value } from './domain/index.ts';\nexport type V = typeof value;\n",
  ),
  breaks('no-restricted-exports', 'a default export', 'shared/default-export.ts', 'export default 1;\n'),
  breaks('own/file-name', 'a file name in camel case', 'shared/camelCase.ts', value),
  breaks('no-console', 'console in a layer', 'pipeline/api/talkative.ts', "console.log('here');\n"),
  breaks(
    'own/disable-reason',
    'a suppression without a reason',
    'shared/silent.ts',
    `// eslint-disable-next-line ${anyRule}\n${loose}`,
  ),
  breaks(null, 'a suppression of nothing', 'shared/unused.ts', `// eslint-disable-next-line eqeqeq -- once\n${value}`),
  breaks('react-hooks/rules-of-hooks', 'a conditional hook', 'renderer/app/hook.tsx', hook),
];

/** Every import, raw-API, size and style rule, broken once. */
export const violations: Violation[] = [
  ...layerViolations,
  ...insideMainViolations,
  ...electronViolations,
  ...sizeAndStyleViolations,
];
