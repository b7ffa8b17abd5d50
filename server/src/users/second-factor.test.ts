import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, openBrowser, type TestBrowser } from '../testing/browser.ts'
import { type Clinic, openClinic } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ env: { TRUSTED_PROXIES: '127.0.0.1' } })
})
afterAll(() => clinic.close())

const password = 'quattro parole messe a caso'
const browser = (address?: string) => openBrowser(clinic.url, address)
const give = (at: TestBrowser, code: string, more: object = {}) =>
  at.ask('POST', '/api/session/second-factor', { code, ...more })

/** Somebody with an app, at home. */
async function withApp() {
  const { id, email, cookie } = await clinic.signsIn('agent', { password })
  const home = browser()
  const [name = '', value = ''] = cookie.split(/=(.*)/)
  home.jar.set(name, value)
  const begun = await home.ask('POST', '/api/profile/second-factor', { password })
  expect(begun.status).toBe(200)
  const {
    secret,
    recovery_codes: recovery,
    totp_uri,
  } = begun.body as Record<string, string> & { recovery_codes: string[] }
  const confirmed = await home.ask('POST', '/api/profile/second-factor/confirm', { code: await codeOf(secret!) })
  expect(confirmed.status).toBe(204)
  return { id, email, home, secret: secret!, recovery, totp_uri }
}

describe('an authenticator app', () => {
  test('is asked for from its first code on, and not before', async () => {
    const { email } = await clinic.signsIn('agent', { password })
    const home = browser()
    await home.enter(email, password)
    const { body } = await home.ask('POST', '/api/profile/second-factor', { password })
    expect(body.totp_uri).toMatch(/^otpauth:\/\/totp\/Cl%C3%ADnicaCRM:/)
    expect(body.recovery_codes).toHaveLength(10)
    expect((await browser().enter(email, password)).body.second_factor).toBe(false)
    expect((await home.ask('POST', '/api/profile/second-factor/confirm', { code: '000000' })).body.code).toBe(
      'wrong_code',
    )
    await home.ask('POST', '/api/profile/second-factor/confirm', { code: await codeOf(body.secret) })
    expect((await home.ask('GET', '/api/session')).body.user.two_factor_enabled).toBe(true)
    expect((await browser().enter(email, password)).body).toEqual({ second_factor: true, session: null })
  })

  test('opens the session that the password alone did not', async () => {
    const { email, secret } = await withApp()
    const phone = browser()
    await phone.enter(email, password)
    expect((await phone.ask('GET', '/api/session')).status).toBe(401)
    const given = await give(phone, await codeOf(secret))
    expect([given.status, given.body.second_factor, given.body.session.user.email]).toEqual([200, false, email])
    expect((await phone.ask('GET', '/api/session')).status).toBe(200)
  })

  test('gives a code that is good once, also for many at the same time', async () => {
    const { email, secret } = await withApp()
    const code = await codeOf(secret)
    const thieves = Array.from({ length: 4 }, () => browser())
    for (const thief of thieves) await thief.enter(email, password)
    const given = await Promise.all(thieves.map((thief) => give(thief, code)))
    expect(given.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await give(thieves.at(-1)!, code)).status).toBe(401)
  })

  test('may be typed with a blank in the middle', async () => {
    const { email, secret } = await withApp()
    const phone = browser()
    await phone.enter(email, password)
    expect((await give(phone, (await codeOf(secret)).replace(/^.../, '$& '))).status).toBe(200)
  })

  test('cannot be guessed: five wrong codes cost the password step, ten the network', async () => {
    const { email, secret } = await withApp()
    const thief = browser()
    const guess = async () => (await give(thief, '000000')).body.code
    await thief.enter(email, password)
    expect([await guess(), await guess(), await guess(), await guess(), await guess()]).toEqual(
      Array(5).fill('wrong_code'),
    )
    expect((await give(thief, await codeOf(secret))).status).toBe(401)
    await thief.enter(email, password)
    const later = []
    for (let i = 0; i < 5; i++) later.push(await guess())
    expect(later.at(-1)).toBe('too_many_requests')
    const owner = browser()
    await owner.enter(email, password)
    expect((await give(owner, await codeOf(secret))).status).toBe(200)
  })

  test('is not asked for where the password was not given', async () => {
    const { status, text } = await give(browser(), '123456')
    expect([status, text]).toEqual([401, '{"error":"Unauthorized"}'])
  })

  test('opens the account whose password was given, whoever else is signed in at this browser', async () => {
    const [victim, attacker] = [await withApp(), await withApp()]
    const shared = attacker.home
    await shared.enter(victim.email, password)
    expect((await give(shared, await codeOf(attacker.secret))).status).toBe(401)
    await shared.enter(victim.email, password)
    const given = await give(shared, await codeOf(victim.secret))
    expect(given.body.session.user.email).toBe(victim.email)
  })

  test('can be left out for a month at a browser that is trusted, until that is taken back', async () => {
    const { email, secret, home } = await withApp()
    const laptop = browser()
    await laptop.enter(email, password)
    await give(laptop, await codeOf(secret), { trust_device: true })
    await laptop.ask('DELETE', '/api/session')
    expect((await laptop.enter(email, password)).body.second_factor).toBe(false)
    await home.ask('DELETE', '/api/profile/sessions')
    expect((await laptop.enter(email, password)).body.second_factor).toBe(true)
  })
})

describe('a recovery code', () => {
  test('opens one session, once, however it is typed', async () => {
    const { email, recovery } = await withApp()
    const [typed = '', other = ''] = recovery
    const thieves = Array.from({ length: 3 }, () => browser())
    for (const thief of thieves) await thief.enter(email, password)
    const asTyped = typed.toUpperCase().replace('-', ' ')
    const given = await Promise.all(thieves.map((thief) => give(thief, asTyped, { kind: 'recovery' })))
    expect(given.filter(({ status }) => status === 200)).toHaveLength(1)
    const phone = browser()
    await phone.enter(email, password)
    expect((await give(phone, typed, { kind: 'recovery' })).body.code).toBe('wrong_code')
    expect((await give(phone, other, { kind: 'recovery' })).status).toBe(200)
  })

  test('is void once new ones are made, for which the password is needed', async () => {
    const { email, home, recovery } = await withApp()
    const renew = (given: string) => home.ask('POST', '/api/profile/second-factor/recovery-codes', { password: given })
    expect((await renew('not the password')).body.code).toBe('wrong_credentials')
    const { recovery_codes: fresh } = (await renew(password)).body
    const phone = browser()
    await phone.enter(email, password)
    expect((await give(phone, recovery[0]!, { kind: 'recovery' })).status).toBe(401)
    expect((await give(phone, fresh[0], { kind: 'recovery' })).status).toBe(200)
  })
})

describe('without the app', () => {
  const stop = (at: TestBrowser, given: string) => at.ask('DELETE', '/api/profile/second-factor', { password: given })

  test('is a matter of the password, and of one that can stand alone', async () => {
    const { email, home } = await withApp()
    expect((await stop(home, 'not the password')).body.code).toBe('wrong_credentials')
    const short = { current_password: password, password: 'x7Gk-2pQz' }
    expect((await home.ask('POST', '/api/profile/password', short)).status).toBe(204)
    const refused = await stop(home, short.password)
    expect([refused.status, refused.body.code, refused.body.reason]).toEqual([422, 'weak_password', 'too_short'])
    await home.ask('POST', '/api/profile/password', { current_password: short.password, password })
    expect((await stop(home, password)).status).toBe(204)
    expect((await home.ask('GET', '/api/session')).body.user.two_factor_enabled).toBe(false)
    expect((await browser().enter(email, password)).body.second_factor).toBe(false)
  })

  test('an administrator lets somebody in again who lost it, whose short password is then gone too', async () => {
    const owner = await clinic.signsIn('owner')
    const { id, email, home } = await withApp()
    const short = { current_password: password, password: 'x7Gk-2pQz' }
    await home.ask('POST', '/api/profile/password', short)
    expect((await owner.ask('DELETE', `/api/users/${id}/second-factor`)).status).toBe(204)
    expect((await home.ask('GET', '/api/session')).status).toBe(401)
    expect((await browser().enter(email, short.password)).status).toBe(401)
    const { body } = await owner.ask('POST', `/api/users/${id}/password-link`)
    const token = /reset-password\/([\w-]{43})$/.exec(body.link)![1]!
    const tooShort = await browser().ask('POST', '/api/password/reset', { token, password: 'x7Gk-2pQz' })
    expect(tooShort.body.reason).toBe('too_short')
    expect((await browser().ask('POST', '/api/password/reset', { token, password })).status).toBe(204)
    expect((await browser().enter(email, password)).body.second_factor).toBe(false)
  })
})

test('each step is a trace, and neither secret nor code is in the database as it is', async () => {
  const { id, email, home, secret, recovery } = await withApp()
  const phone = browser()
  await phone.enter(email, password)
  await give(phone, '000000')
  await give(phone, recovery[0]!, { kind: 'recovery' })
  await home.ask('POST', '/api/profile/second-factor/recovery-codes', { password })
  const traces = await clinic.rows<{ action: string }>(
    "select action from audit_events where subject = 'user' and subject_id = $1 order by id",
    [id],
  )
  expect(traces.map(({ action }) => action)).toEqual([
    'user.created',
    'user.second_factor_started',
    'user.second_factor_failed',
    'user.signed_in',
    'user.recovery_codes_renewed',
  ])
  const kept = await clinic.rows('select secret, backup_codes from two_factors where user_id = $1', [id])
  const everything = JSON.stringify([kept, await clinic.rows('select * from audit_events')])
  for (const word of [secret, ...recovery, password]) expect(everything).not.toContain(word)
})
