import { defineConfig } from 'vitest/config'

const results = process.env.TEST_RESULTS

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'contract', include: ['contract/src/**/*.test.ts'] } },
      {
        test: {
          name: 'connectors',
          include: ['connectors/src/**/*.test.ts'],
          exclude: ['**/*.live.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'connectors-live',
          include: ['connectors/src/**/*.live.test.ts'],
          globalSetup: ['connectors/testing/crm.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'client', include: ['client/src/**/*.test.ts'], globalSetup: ['connectors/testing/crm.ts'] } },
      { test: { name: 'web', include: ['web/**/*.test.ts'] } },
      {
        test: {
          name: 'server',
          include: ['server/src/**/*.test.ts'],
          globalSetup: ['server/src/testing/cluster.ts'],
          isolate: false,
          testTimeout: 15_000,
          hookTimeout: 60_000,
        },
      },
    ],
    // Most tests wait for a database or a program: one worker a core, where the default leaves one core idle.
    maxWorkers: 2,
    reporters: results ? ['default', ['json', { outputFile: `${results}/vitest.json` }]] : ['default'],
    coverage: {
      provider: 'v8',
      include: ['contract/src/**/*.ts', 'connectors/src/**/*.ts', 'client/src/**/*.ts', 'server/src/**/*.ts'],
      exclude: ['**/*.test.ts', 'server/src/testing/**', 'client/src/testing/**'],
      reporter: ['text-summary', 'html'],
    },
  },
})
