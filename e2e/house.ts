import { expect, type Page } from '@playwright/test'
import { generate } from 'otplib'
import { test as base } from './desk.ts'
import { type Letters, openLetters } from './letters.ts'
import { type Program, startProgram } from './program.ts'

export type House = { program: Program; letters: Letters; owner: Owner }
type Owner = { name: string; email: string; password: string }

const owner: Owner = {
  name: 'Ada Neri',
  email: 'ada.neri@clinica.example',
  password: 'quattro rondini sul tetto rosso',
}

/** An installation of its own, with mail, and with an owner who has a password. */
export const test = base.extend<object, { house: House }>({
  house: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's names
    async ({}, use) => {
      const letters = await openLetters()
      const program = await startProgram('serve', {
        SMTP_URL: letters.url,
        MAIL_FROM: 'ClínicaCRM <crm@clinica.example>',
      })
      await setUp(program)
      await use({ program, letters, owner })
      await program.stop()
      await letters.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

/** What the terminal shows to whoever started the program. */
export function setUpCode({ output }: Program): string {
  return /\b[A-Z0-9]{4}(-[A-Z0-9]{4}){3}\b/.exec(output())![0]
}

async function setUp(program: Program) {
  const response = await fetch(`${program.url}/api/set-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: program.url, 'x-clinicacrm': '1' },
    body: JSON.stringify({
      ...owner,
      code: setUpCode(program),
      organisation: 'Clinica del Sole',
      clinic: 'Sede di Roma',
      country: 'IT',
      zone: 'Europe/Rome',
      locale: 'it',
    }),
  })
  expect(response.status, await response.text()).toBe(201)
}

/** Through the sign-in page, as a person does. */
export async function signIn(page: Page, { program }: House, { email, password }: Pick<Owner, 'email' | 'password'>) {
  await page.goto(`${program.url}/it/sign-in`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Accedi' }).click()
}

let lastStep = 0

/** What an authenticator app shows; waits for the next one where this one was used already. */
export async function codeOf(secret: string): Promise<string> {
  const stepMs = 30_000
  while (Math.floor(Date.now() / stepMs) === lastStep) await new Promise((resolve) => setTimeout(resolve, 500))
  lastStep = Math.floor(Date.now() / stepMs)
  return generate({ secret })
}

export { deskOf, expect, expectAccessible } from './desk.ts'
