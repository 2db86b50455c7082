import path from 'node:path'
import { fileURLToPath } from 'node:url'

const rootDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
// Mini-programs kept as test material, and what is generated.
const modulePathIgnorePatterns = ['<rootDir>/dist/', '<rootDir>/tests/artefacts/']
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
      modulePathIgnorePatterns,
    },
    {
      rootDir,
      displayName: 'page',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/tests/**/*-page.test.ts'],
      setupFiles: ['<rootDir>/tests/support/page-setup.ts'],
      transform,
      modulePathIgnorePatterns,
      moduleDirectories: ['node_modules', '<rootDir>/node_modules/tdesign-miniprogram/miniprogram_dist/miniprogram_npm'],
      transformIgnorePatterns: ['/node_modules/(?!tdesign-miniprogram)'],
      moduleNameMapper: { '^tdesign-miniprogram/(.*)$': '<rootDir>/miniprogram/miniprogram_npm/tdesign-miniprogram/$1' },
    },
    {
      rootDir,
      displayName: 'journey',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/tests/journeys/**/*.journey.ts'],
      setupFilesAfterEnv: ['<rootDir>/tests/support/journey-setup.ts'],
      transform,
      modulePathIgnorePatterns,
    },
  ],
}
