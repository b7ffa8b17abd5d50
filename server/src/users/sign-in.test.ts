import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../testing/browser.ts'
import { type Clinic, openClinic } from '../testing/harness.ts'
import { patiently } from '../testing/wire.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'], env: { TRUSTED_PROXIES: '127.0.0.1' } })
})
afterAll(() => clinic.close())

const password = 'quattro parole messe a caso'
const member = (who: Parameters<Clinic['signsIn']>[1] = {}) => clinic.signsIn('agent', { password, ...who })
const browser = (address?: string) => openBrowser(clinic.url, address)
const tracesOf = (id: string) =>
  clinic.rows<{ action: string }>(
    "select action, actor, changes->'ip_address'->>'to' as ip from audit_events where subject = 'user' and subject_id = $1 order by id",
    [id],
  )

describe('signing in', () => {
  test('with e-mail and password opens a session and says all that a page needs', async () => {
    const { email } = await member({ name: 'Ada Neri', clinics: ['Roma'] })
    const home = browser()
    const entered = await home.enter(email.toUpperCase(), password)
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
    const session = await home.ask('GET', '/api/session')
    expect([session.status, session.body.user.email]).toEqual([200, email])
  })

  test('is a trace with the address, also where it failed, and never with what was typed', async () => {
    const { id, email } = await member()
    const home = browser('203.0.113.77')
    await home.enter(email, 'not the password at all')
    await home.enter(email, password)
    await home.ask('DELETE', '/api/session')
    expect((await tracesOf(id)).slice(-3)).toEqual([
      { action: 'user.sign_in_failed', actor: 'anonymous', ip: '203.0.113.77' },
      { action: 'user.signed_in', actor: `user:${id}`, ip: '203.0.113.77' },
      { action: 'user.signed_out', actor: `user:${id}`, ip: null },
    ])
  })

  test('answers alike, word for word, whether address, password or person is wrong', async () => {
    const [known, shutOut] = [await member(), await member()]
    await clinic.rows('update users set active = false where id = $1', [shutOut.id])
    const answers = [
      await browser().enter('nobody@clinic.example', password),
      await browser().enter(known.email, 'not the password at all'),
      await browser().enter(shutOut.email, password),
      await browser().enter((await clinic.signsIn('agent')).email, password),
    ]
    for (const { status, text, headers } of answers)
      expect([status, text, headers.getSetCookie()]).toEqual([401, answers[0]!.text, []])
    expect(answers[0]!.body).toMatchObject({ code: 'wrong_credentials' })
  })

  test('takes as long for an address that nobody has', async () => {
    const { email } = await member()
    const took = async (address: string) => {
      const times: number[] = []
      for (let i = 0; i < 5; i++) {
        const startedAt = performance.now()
        await browser().enter(address, 'not the password at all')
        times.push(performance.now() - startedAt)
      }
      return times.toSorted((a, b) => a - b)[2]!
    }
    const [unknown, known] = [await took('nobody@clinic.example'), await took(email)]
    expect(Math.max(unknown, known) / Math.min(unknown, known)).toBeLessThan(2)
  })

  test('compares a password as people type it, however their keyboard composes letters', async () => {
    const composed = 'perché città così è più giù'.normalize('NFC')
    const { email } = await member({ password: composed })
    expect((await browser().enter(email, composed.normalize('NFD'))).status).toBe(200)
  })

  test('gives a new session each time, and ends the one this browser had', async () => {
    const { email } = await member()
    const home = browser()
    await home.enter(email, password)
    const before = new Map(home.jar)
    await home.enter(email, password)
    expect([...home.jar.values()]).not.toEqual([...before.values()])
    const stolen = browser()
    for (const [name, value] of before) stolen.jar.set(name, value)
    expect((await stolen.ask('GET', '/api/session')).status).toBe(401)
  })

  test('with a cookie that somebody planted gives another one', async () => {
    const [attacker, { email }] = [await member(), await member()]
    const home = browser()
    const [name = '', value = ''] = attacker.cookie.split(/=(.*)/)
    home.jar.set(name, value)
    await home.enter(email, password)
    expect(home.jar.get(name)).not.toBe(value)
    expect((await home.ask('GET', '/api/session')).body.user.email).toBe(email)
    expect((await attacker.ask('GET', '/api/session')).status).toBe(401)
  })
})

describe('signing out', () => {
  test('ends the session everywhere it was copied to, and takes the cookie away', async () => {
    const { email } = await member()
    const home = browser()
    await home.enter(email, password)
    const copied = new Map(home.jar)
    const out = await home.ask('DELETE', '/api/session')
    expect([out.status, out.text, home.jar.size]).toEqual([204, '', 0])
    for (const [name, value] of copied) home.jar.set(name, value)
    expect((await home.ask('GET', '/api/session')).status).toBe(401)
  })

  test('is no error for whoever is out already', async () => {
    expect((await browser().ask('DELETE', '/api/session')).status).toBe(204)
  })

  test('everywhere else leaves this browser, and lists only what still holds', async () => {
    const { id, email } = await member()
    const [home, phone, forgotten] = [browser(), browser(), browser()]
    for (const each of [home, phone, forgotten]) await each.enter(email, password)
    const { body } = await home.ask('GET', '/api/profile/sessions')
    expect(body.sessions).toHaveLength(4)
    const own = body.sessions.filter(({ current }: { current: boolean }) => current)
    expect(own).toEqual([expect.objectContaining({ ip_address: home.address, user_agent: 'Firefox' })])
    const theirs = body.sessions.find(({ ip_address }: { ip_address: string }) => ip_address === phone.address)
    expect((await home.ask('DELETE', `/api/profile/sessions/${theirs.id}`)).status).toBe(204)
    expect((await phone.ask('GET', '/api/session')).status).toBe(401)
    expect((await home.ask('DELETE', '/api/profile/sessions')).body).toEqual({ ended: 2 })
    expect((await forgotten.ask('GET', '/api/session')).status).toBe(401)
    expect((await home.ask('GET', '/api/session')).status).toBe(200)
    expect((await tracesOf(id)).map(({ action }) => action)).toContain('user.sessions_ended')
  })

  test('of somebody else is not offered, whatever the id', async () => {
    const [one, other] = [await member(), await member()]
    const [{ id } = { id: '' }] = await clinic.rows<{ id: string }>(
      'select id::text from sessions where user_id = $1',
      [other.id],
    )
    expect((await one.ask('DELETE', `/api/profile/sessions/${id}`)).status).toBe(404)
    expect((await other.ask('GET', '/api/session')).status).toBe(200)
  })
})

describe('guessing', () => {
  test('from one network stops after ten, while its owner comes in from another', async () => {
    const { email } = await member()
    const attacker = browser()
    const statuses: number[] = []
    for (let i = 0; i < 13; i++) statuses.push((await attacker.enter(email, `guess number ${i}`)).status)
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429, 429])
    const refused = await attacker.enter(email, password)
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800)
    expect((await browser().enter(email, password)).status).toBe(200)
  })

  test('at once in many threads gets no more tries than one after the other', async () => {
    const { email } = await member()
    const attacker = browser()
    const statuses = await Promise.all(Array.from({ length: 40 }, (_, i) => attacker.enter(email, `guess number ${i}`)))
    expect(statuses.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10)
  })

  test('by many at once leaves lookups quick, and whoever is too many hears so', async () => {
    const { phone } = await clinic.opens()
    const guesses = Array.from({ length: 80 }, (_, i) =>
      browser().enter(`person${i}@clinic.example`, 'wrong wrong wrong'),
    )
    const took: number[] = []
    for (let i = 0; i < 20; i++) {
      const startedAt = performance.now()
      expect((await patiently(() => clinic.lookup(phone!))).status).toBe(200)
      took.push(performance.now() - startedAt)
    }
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([401, 503]))
    // The bound is for a machine that does much else at once.
    expect(took.toSorted((a, b) => a - b)[10]).toBeLessThan(400)
  }, 60_000)
})

describe('the front door', () => {
  test('says what the pages before sign-in need, and nobody’s name', async () => {
    const { body, status } = await browser().ask('GET', '/api/front-door')
    expect([status, body]).toEqual([200, { set_up: true, organisation: null, mail: false, demo_people: [] }])
  })

  test('of the demo is not there in earnest', async () => {
    expect((await browser().ask('POST', '/api/session/demo', { role: 'owner' })).status).toBe(404)
  })
})
