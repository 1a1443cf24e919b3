import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';

/** Which folders of src may not be imported from `files`. */
const mayNotImport = (files, group, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

const features = readdirSync(join(import.meta.dirname, 'src/features'));

export default defineConfig(
  globalIgnores(['dist/', 'src/lib/api/schema.d.ts']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, reactHooks.configs.flat.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A loader of React Router answers with a status by throwing a Response.
      '@typescript-eslint/only-throw-error': ['error', { allow: [{ from: 'lib', name: 'Response' }] }],
      // `onClick={() => void save()}` and `onClick={() => close()}` are how handlers read.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  // Dependencies point one way: app -> features -> components, lib, config.
  mayNotImport(
    ['src/{components,lib,config}/**'],
    ['@/app/*', '@/features/*'],
    'Shared code does not know the features or the app.',
  ),
  ...features.map((feature) =>
    mayNotImport(
      [`src/features/${feature}/**`],
      ['@/app/*', '@/features/*', `!@/features/${feature}`],
      'Features do not import each other or the app; compose them in src/app.',
    ),
  ),
);
