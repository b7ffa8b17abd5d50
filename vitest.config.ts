import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

// Brings up one PostgreSQL for the whole run and takes it down after.
const cluster = 'server/src/testing/cluster.ts'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'contract', include: ['contract/src/**/*.test.ts'] } },
      {
        test: {
          name: 'server',
          include: ['server/src/**/*.test.ts'],
          globalSetup: existsSync(cluster) ? [cluster] : [],
          isolate: false,
          testTimeout: 15_000,
          hookTimeout: 60_000,
        },
      },
    ],
    reporters: ['default'],
    coverage: {
      provider: 'v8',
      include: ['contract/src/**/*.ts', 'server/src/**/*.ts'],
      exclude: ['**/*.test.ts', 'server/src/testing/**'],
      reporter: ['text-summary', 'html'],
    },
  },
})
