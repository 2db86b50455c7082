import tseslint from 'typescript-eslint'

const noSdk = { name: 'wx-server-sdk', message: 'Only cloudfunctions/_shared touches the SDK: its transactions and errors have traps that _shared closes.' }
const noZodByName = { name: 'zod', importNames: ['z'], message: "Write `import * as z from 'zod'`: the named import drags every locale into the bundle and starts 1.25 times slower." }

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', '**/node_modules/', 'miniprogram/miniprogram_npm/', 'tests/artefacts/', '.linli/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: ['./tsconfig.json', './miniprogram/tsconfig.json', './simulator/phone/browser/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }],
    },
  },
  {
    files: ['cloudfunctions/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [noSdk, noZodByName] }] },
  },
  {
    files: ['cloudfunctions/_shared/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [noZodByName] }] },
  },
  {
    files: ['tools/**/*.{ts,mjs}', 'simulator/main.ts', 'tests/run.ts', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
)
