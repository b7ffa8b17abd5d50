import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askAs, type Clinic, openClinic, type Reply } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  // So that a test may come from any network.
  clinic = await openClinic({ clinics: ['Roma', 'Milano'], env: { TRUSTED_PROXIES: '127.0.0.1' } })
})
afterAll(() => clinic.close())

const password = 'quattro parole messe a caso'
/** From a network of its own, unless named. */
let networks = 0
const from = (address = `198.51.${++networks}.7`) => ({ 'x-forwarded-for': address, 'x-forwarded-proto': 'https' })
const enter = (email: string, given: string, headers: Record<string, string> = from(), cookie = '') =>
  askAs(clinic.url, cookie, 'POST', '/api/session', { json: { email, password: given }, headers })
const cookieOf = ({ headers }: Reply) =>
  headers
    .getSetCookie()
    .filter((set) => !/Max-Age=0/i.test(set))
    .map((set) => set.split(';')[0])
    .join('; ')

describe('signing in', () => {
  test('with e-mail and password opens a session and says all that a page needs', async () => {
    const { email } = await clinic.signsIn('agent', { name: 'Ada Neri', clinics: ['Roma'], password })
    const entered = await enter(email.toUpperCase(), password)
    expect(entered.status).toBe(200)
    expect(entered.body).toMatchObject({
      second_factor: false,
      session: {
        user: { name: 'Ada Neri', email, role: 'agent', two_factor_enabled: false },
        clinics: [{ name: 'Roma', zone: 'Europe/Rome', active: true }],
        all_clinics: false,
        organisation: { name: 'ClínicaCRM' },
        demo: false,
      },
    })
    expect(entered.body.session.statuses.length).toBeGreaterThan(10)
    expect(entered.body.session.permissions).toContain('cases:write')
    const session = await askAs(clinic.url, cookieOf(entered), 'GET', '/api/session')
    expect([session.status, session.body.user.email]).toEqual([200, email])
  })
})
