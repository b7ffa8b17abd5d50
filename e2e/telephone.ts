import type { CallEventReply } from '@clinicacrm/contract/calls.ts'
import type { PopView } from '@clinicacrm/contract/pops.ts'
import type { Locator, Page } from '@playwright/test'
import { type Desk, expect } from './desk.ts'

export const antonio = '+39 333 222 4444'
export const family = '+39 06 2222 4444'
const ours = '+39 06 5555 0100'
let count = 0

/** A call as a telephone system tells of it, to whoever sits at this desk. */
export async function telephone(desk: Desk, from: string) {
  const { user } = await desk.ask<{ user: { email: string } }>('GET', '/api/session')
  const call_id = `e2e-${Date.now()}-${count++}`
  return {
    call_id,
    async tell(event: string, agent = user.email): Promise<CallEventReply> {
      const data = { provider: 'api', call_id, event, from, to: ours, ...(event !== 'ended' && { agent }) }
      const headers = { 'x-api-key': desk.program.key }
      const response = await desk.page.request.post(`${desk.program.url}/api/calls/events`, { headers, data })
      expect(response.ok(), await response.text()).toBe(true)
      return (await response.json()) as CallEventReply
    },
  }
}

export const cardOf = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: 'Chiamate' }).getByRole('article', { name })
export const popsOf = async (desk: Desk): Promise<PopView[]> =>
  (await desk.ask<{ pops: PopView[] }>('GET', '/api/pops')).pops

/** At a page that hears of calls. */
export async function sitAt(desk: Desk, path = '/it/'): Promise<void> {
  const listening = desk.page.waitForRequest((request) => request.url().includes('/api/live'))
  await desk.open(path)
  await desk.page.getByRole('heading', { level: 1 }).first().waitFor()
  await listening
}

/** The next test begins with nothing owed. */
export async function hangUpAll(desk: Desk): Promise<void> {
  for (const { id, call } of await popsOf(desk)) {
    const data = { provider: call.provider, call_id: call.call_id, event: 'ended' }
    const headers = { 'x-api-key': desk.program.key }
    await desk.page.request.post(`${desk.program.url}/api/calls/events`, { headers, data })
    await desk.ask('POST', `/api/pops/${id}`, { what: 'dismissed' })
  }
  for (const { id } of await popsOf(desk)) {
    await desk.ask('POST', `/api/calls/${id}/wrap-up`, { disposition: 'SPAM' })
  }
}
