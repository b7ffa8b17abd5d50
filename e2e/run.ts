import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { browserPath } from './browser.ts'

/** `npm run e2e`: the tests in a browser, or a loud word that there is none. Arguments go to Playwright. */
if (browserPath) {
  const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'))
  const config = fileURLToPath(new URL('playwright.config.ts', import.meta.url))
  const { status } = spawnSync(process.execPath, [cli, 'test', '--config', config, ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
} else {
  process.stderr.write(
    '\nSKIPPED: no Chromium on this machine, so NOTHING WAS TESTED IN A BROWSER. Install chromium.\n',
  )
}
