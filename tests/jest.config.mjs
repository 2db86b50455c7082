import path from 'node:path'
import { fileURLToPath } from 'node:url'

const rootDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const transform = { '^.+\\.(ts|js|mjs)$': '<rootDir>/tests/support/transform.mjs' }

export default {
  rootDir,
  testTimeout: 30_000,
  projects: [
    {
      rootDir,
      displayName: 'node',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: ['-page\\.test\\.ts$', '/node_modules/', '<rootDir>/tests/journeys/', '<rootDir>/tests/wechat-compiler/'],
      transform,
    },
    {
      rootDir,
      displayName: 'page',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/tests/**/*-page.test.ts'],
      setupFiles: ['<rootDir>/tests/support/page-setup.ts'],
      transform,
      transformIgnorePatterns: ['/node_modules/(?!tdesign-miniprogram)'],
      moduleNameMapper: { '^tdesign-miniprogram/(.*)$': '<rootDir>/miniprogram/miniprogram_npm/tdesign-miniprogram/$1' },
    },
  ],
}
