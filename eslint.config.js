import eslint from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';
import { layerSettings, sourcePolicies, testPolicies } from './scripts/lint/layers.ts';
import { ownRules } from './scripts/lint/own-rules.ts';
import { electronBan, rawApiBan } from './scripts/lint/raw-apis.ts';

const code = ['**/*.{ts,tsx}'];
// Files that a tsconfig names; a file outside every layer is told so by a rule, not by a parser error.
const typed = [
  '{shared,main,preload,renderer,pipeline,offline-model,scripts,tests,bench}/**/*.{ts,tsx}',
  '*.config.ts',
];
const tests = ['**/*.test.{ts,tsx}', 'tests/e2e/**'];
const commandLine = [
  'pipeline/run-pipeline.ts',
  'pipeline/run-worker.ts',
  'offline-model/index.ts',
  'main/index.ts',
  'main/doors/web/index.ts',
  'main/doors/terminal/index.ts',
];

export default defineConfig([
  globalIgnores([
    'out',
    'dist',
    '.cache',
    'coverage',
    'test-results',
    'playwright-report',
    'resources',
    '.stryker-tmp',
    'reports',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  eslint.configs.recommended,
  {
    files: code,
    extends: [typescript.configs.strict],
    plugins: { boundaries, own: ownRules },
    settings: {
      ...layerSettings,
      'boundaries/root-path': import.meta.dirname,
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js', '.json'] } },
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/dependencies': ['error', sourcePolicies],
      'own/file-name': 'error',
      'own/disable-reason': 'error',
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      '@typescript-eslint/no-restricted-imports': ['error', electronBan],
      'no-restricted-syntax': ['error', ...rawApiBan],

      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 80 }],
      'max-params': ['error', { max: 4 }],

      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-unused-vars': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  {
    files: typed,
    languageOptions: { parserOptions: { project: 'tsconfig.lint.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['renderer/**'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    // This one only says what the React compiler would leave alone, and we don't compile with it.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  {
    files: ['main/**', 'pipeline/**', 'offline-model/**', 'shared/**', 'preload/**', 'renderer/**'],
    ignores: [...commandLine, ...tests],
    rules: { 'no-console': 'error' },
  },
  {
    // Electron's own modules: only the shell, the entry and the bridge run inside Electron.
    files: ['main/shell/**', 'main/index.ts', 'preload/**'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  { files: ['main/doors/ipc/**', 'preload/**'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: tests,
    rules: {
      'boundaries/dependencies': ['error', testPolicies],
      // A `describe` callback is a table of contents, not a function to be read in one go.
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['**/*.config.{ts,js}'], rules: { 'no-restricted-exports': 'off' } },
]);
