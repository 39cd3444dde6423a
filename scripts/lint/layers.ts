/** The domains of the desk: each is a folder below `main/` that others enter only through its `index.ts`. */
const domains = [
  'agent',
  'chat',
  'pipeline',
  'approvals',
  'credentials',
  'product-list',
  'settings',
  'embedded-pipeline',
  'network',
] as const;

const layers = ['shared', 'renderer', 'preload', 'pipeline', 'offline-model', 'scripts', 'bench', 'tests'] as const;

type Entity = { element?: object; file?: object };

const element = (type: string | string[], more: object = {}): Entity => ({
  element: { types: { anyOf: [type].flat() }, ...more },
});
const file = (category: string): Entity => ({ file: { categories: category } });

const shared = element('shared');
const domainEntry = element('main-domain', { fileInternalPath: 'index.ts' });
const testHelper = element('tests', { fileInternalPath: 'helpers/**' });
const everyMainPart: Entity[] = [element(['main-domain', 'main-door', 'main-shell']), file('main-*')];

/** Where a file belongs. A file that none of these names is an error (`boundaries/no-unknown-files`). */
export const layerSettings = {
  'boundaries/elements': [
    { type: 'main-domain', pattern: `main/(${domains.join('|')})`, capture: ['domain'], partialMatch: false },
    { type: 'main-door', pattern: 'main/doors', partialMatch: false },
    { type: 'main-shell', pattern: 'main/shell', partialMatch: false },
    ...layers.map((type) => ({ type, pattern: type, partialMatch: false })),
  ],
  'boundaries/files': [
    { category: 'main-entry', pattern: 'main/index.ts' },
    { category: 'main-desk', pattern: 'main/!(index).ts' },
    { category: 'root-config', pattern: '*.config.{ts,js}' },
    { category: 'manifest', pattern: 'package.json' },
  ],
  'boundaries/dependency-nodes': ['import', 'export', 'dynamic-import', 'require'],
  'boundaries/legacy-templates': false,
};

const may = (from: Entity | Entity[], to: Entity | Entity[]) => ({ from, allow: { to } });

const common = {
  default: 'disallow',
  checkUnknownLocals: true,
  message:
    'Import rule (README, "Layers"): shared imports nothing of ours, the layers import only shared and themselves, ' +
    'doors and shell import domains, and a domain is entered through its index.ts.',
};

/** Who may import whom, for the sources. */
export const sourcePolicies = {
  ...common,
  policies: [
    may(element('shared'), shared),
    may(element(['renderer', 'preload', 'pipeline', 'offline-model', 'scripts']), shared),
    ...['renderer', 'preload', 'pipeline', 'offline-model', 'scripts'].map((type) => may(element(type), element(type))),
    may(element('main-domain'), [shared, domainEntry]),
    may(element(['main-door', 'main-shell']), [shared, domainEntry, file('main-desk')]),
    may(element('main-shell'), element('main-door')),
    may(file('main-desk'), [shared, domainEntry, file('main-desk')]),
    may(file('main-entry'), [shared, domainEntry, file('main-desk'), element(['main-door', 'main-shell'])]),
    may(element(['scripts', 'bench', 'tests']), file('manifest')),
    may(element(['bench', 'tests']), [element([...layers]), ...everyMainPart, file('root-config')]),
    // Electron's build takes the window's part from the renderer's own configuration.
    may(file('root-config'), [
      element('scripts'),
      element('renderer', { fileInternalPath: 'vite.config.ts' }),
      file('root-config'),
    ]),
  ],
};

/** Who may import whom, for `*.test.ts`: the whole of their own layer, shared, and the helpers in `tests/helpers`. */
export const testPolicies = {
  ...common,
  policies: [
    ...sourcePolicies.policies,
    may([element(layers.filter((layer) => layer !== 'shared')), ...everyMainPart], testHelper),
    may(element('shared'), testHelper),
    may(everyMainPart, everyMainPart),
  ],
};
