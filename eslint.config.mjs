import tseslint from 'typescript-eslint'

const noSdk = { name: 'wx-server-sdk', message: 'Only cloudfunctions/_shared touches the SDK: its transactions and errors have traps that _shared closes.' }
const namedExportsOnly = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }
const noZodByName = {
  selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier[imported.name='z']",
  message: "Write `import * as z from 'zod'`: the named import drags every locale into the bundle and starts 1.25 times slower.",
}
const typesOfTheCloudOnly = {
  selector: "ImportDeclaration[importKind!='type'][source.value=/cloudfunctions/]",
  message: "The phone takes only types from the cloud: write `import type`, or zod travels to every phone.",
}

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', '**/node_modules/', '**/miniprogram_npm/', 'tests/artefacts/', '.linli/'] },
  ...tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: ['./tsconfig.json', './miniprogram/tsconfig.json', './tests/tsconfig.phone.json', './tests/tsconfig.browser.json', './tests/tsconfig.fixture.json', './simulator/phone/browser/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', namedExportsOnly, noZodByName],
    },
  },
  {
    files: ['cloudfunctions/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [noSdk] }] },
  },
  {
    files: ['cloudfunctions/_shared/**/*.ts', 'cloudfunctions/build.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['miniprogram/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', namedExportsOnly, noZodByName, typesOfTheCloudOnly] },
  },
  {
    // Answers over the wire are whatever they are; the expectations say what they should be.
    files: ['tests/**/*.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    // Only interfaces merge with what a package declares.
    files: ['**/*.d.ts'],
    rules: { '@typescript-eslint/consistent-type-definitions': 'off' },
  },
  {
    files: ['tools/**/*.{ts,mjs}', 'simulator/main.ts', 'tests/{run,check,proof}.ts', 'tests/support/steps.ts', 'tests/review-pack/main.ts', 'tests/wechat-compiler/gate.ts', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
)
