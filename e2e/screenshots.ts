import { chromium } from '@playwright/test'
import { fileURLToPath } from 'node:url'
import { browserPath } from './browser.ts'
import { startProgram } from './program.ts'

/* `npm run screenshots`: the pictures of the README, of the built app with the demo's data. */

const pictures = [
  { file: 'case.png', path: '/it/cases/9', role: 'agent', colorScheme: 'light' },
  { file: 'board.png', path: '/it/cases?shape=board', role: 'team_lead', colorScheme: 'light' },
  { file: 'cases-dark.png', path: '/en/cases', role: 'owner', colorScheme: 'dark' },
] as const

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url))
const program = await startProgram('demo')
const browser = await chromium.launch({
  ...(browserPath && { executablePath: browserPath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
try {
  for (const { file, path, role, colorScheme } of pictures) {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'it-IT',
      timezoneId: 'Europe/Rome',
      reducedMotion: 'reduce',
      colorScheme,
    })
    await context.request.post(`${program.url}/api/session/demo`, {
      data: { role },
      headers: { origin: program.url, 'x-clinicacrm': '1' },
    })
    const page = await context.newPage()
    await page.goto(program.url + path)
    // The live line never falls silent, so the network is never idle: wait for what is to be seen.
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.waitForTimeout(1_500)
    await page.screenshot({ path: folder + file })
    process.stdout.write(`docs/images/${file}\n`)
    await context.close()
  }
} finally {
  await browser.close()
  await program.stop()
}
