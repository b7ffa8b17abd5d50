import { defineConfig } from '@playwright/test'
import { browserPath } from './browser.ts'

const results = process.env.TEST_RESULTS

/** The built program, a real PostgreSQL and a real browser: one demo of its own for each worker. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../node_modules/.e2e',
  fullyParallel: false,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  // A browser on a machine of two cores is sometimes late; a test that fails three times is broken.
  retries: process.env.CI ? 2 : 0,
  reporter: results
    ? [['line'], ['json', { outputFile: `${results}/playwright.json` }]]
    : [['line'], ['html', { outputFolder: '../node_modules/.e2e-report', open: 'never' }]],
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'it-IT',
    timezoneId: 'Europe/Rome',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(browserPath && { executablePath: browserPath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
