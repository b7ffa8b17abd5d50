import { chromium, type Page } from '@playwright/test'
import type { Role } from '@clinicacrm/contract/permissions.ts'
import { fileURLToPath } from 'node:url'
import { browserPath } from './browser.ts'
import { startProgram } from './program.ts'

/* `npm run screenshots`: the pictures of the README, of the built app with the demo's data. */

const pictures: Picture[] = [
  { file: 'case.png', path: '/it/cases/9', role: 'agent', colorScheme: 'light' },
  // Antonio calls from his mobile; his household's line asks who it is.
  { file: 'call.png', path: '/it/cases', role: 'agent', colorScheme: 'light', caller: '+39 333 222 4444' },
  { file: 'call-dark.png', path: '/en/callbacks', role: 'agent', colorScheme: 'dark', caller: '+39 06 2222 4444' },
  { file: 'board.png', path: '/it/cases?shape=board', role: 'team_lead', colorScheme: 'light' },
  { file: 'cases-dark.png', path: '/en/cases', role: 'owner', colorScheme: 'dark' },
]

type Picture = {
  file: string
  path: string
  role: Role
  colorScheme: 'light' | 'dark'
  /** Whose telephone call stands on the picture. */
  caller?: string
}

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url))
const program = await startProgram('demo')
const browser = await chromium.launch({
  ...(browserPath && { executablePath: browserPath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
try {
  for (const { file, path, role, colorScheme, caller } of pictures) {
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
    if (caller !== undefined) await tell(page, caller, 'ringing')
    await page.screenshot({ path: folder + file })
    if (caller !== undefined) await tell(page, caller, 'ended')
    process.stdout.write(`docs/images/${file}\n`)
    await context.close()
  }
} finally {
  await browser.close()
  await program.stop()
}

/** A telephone rings at whoever sits at this page, or stops; once their card is there, or gone. */
async function tell(page: Page, from: string, event: 'ringing' | 'ended') {
  const session = await page.request.get(`${program.url}/api/session`)
  const { user } = (await session.json()) as { user: { email: string } }
  const data = { call_id: `picture ${from}`, event, from, to: '+39 06 5555 0100', agent: user.email }
  await page.request.post(`${program.url}/api/calls/events`, { headers: { 'x-api-key': program.key }, data })
  const state = event === 'ringing' ? 'visible' : 'detached'
  await page.locator('article[data-phase="ringing"]').waitFor({ state })
  await page.waitForTimeout(500)
}
