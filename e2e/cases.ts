import type { Browser } from '@playwright/test'
import type { CaseView } from '@clinicacrm/contract/cases.ts'
import type { Role } from '@clinicacrm/contract/permissions.ts'
import { type Desk, deskOf, expect } from './desk.ts'
import type { Program } from './program.ts'

let opened = 0

/** A case of its own, so that tests do not meet. */
export function openNewCase(desk: Desk, fields: object = {}): Promise<CaseView> {
  const serial = String(Date.now() % 10_000_000).padStart(7, '0') + String(opened++ % 10)
  return desk.ask<CaseView>('POST', '/api/cases', {
    first_name: 'Prova',
    last_name: `Numero ${serial}`,
    cell_phone: `+39 34${serial}`,
    clinic: 'Centro Oculistico Roma',
    treatment: 'SMILE Surgery',
    status: 'IN_CORSO',
    ...fields,
  })
}

/** The page of a case, ready for keys. */
export async function openCase(desk: Desk, id: string): Promise<void> {
  await desk.open(`/it/cases/${id}`)
  await expect(desk.page.getByRole('button', { name: 'Richiama…' })).toBeVisible()
}

/** Somebody else at another machine. */
export async function anotherPerson(browser: Browser, program: Program, role: Role): Promise<Desk> {
  const context = await browser.newContext({ locale: 'it-IT', timezoneId: 'Europe/Rome' })
  const desk = deskOf(await context.newPage(), program)
  await desk.ask('POST', '/api/session/demo', { role })
  return desk
}

/** A time of a day by the clocks of Rome, as an instant. */
export function dayFromNow(days: number, time: string): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' }).format(Date.now() + days * 86_400_000)
  const asUtc = new Date(`${day}T${time}:00Z`)
  const shown = new Date(`${asUtc.toLocaleString('sv-SE', { timeZone: 'Europe/Rome' }).replace(' ', 'T')}Z`)
  return new Date(asUtc.getTime() - (shown.getTime() - asUtc.getTime())).toISOString()
}
