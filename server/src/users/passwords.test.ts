import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../testing/browser.ts'
import { type Clinic, openClinic } from '../testing/harness.ts'
import { refuseWeak } from './passwords.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ env: { TRUSTED_PROXIES: '127.0.0.1' } })
})
afterAll(() => clinic.close())

const ada = { name: 'Ada Quarantotti', email: 'a.quarantotti@clinic.example', organisation: 'Centro Oculistico' }
const reasonOf = (password: string, owner: object = {}) =>
  refuseWeak(clinic.pools.db, clinic.config, password, { ...ada, ...owner }).then(
    () => null,
    (error: { details: { reason: string } }) => error.details.reason,
  )

describe('a password', () => {
  test.each([
    ['quattordici ch', 'too_short'],
    ['123456789012345', 'common'],
    ['aaaaaaaaaaaaaaaaaaaa', 'common'],
    ['passwordpassword', 'common'],
    ['Password123456!', 'common'],
    ['qwertyuiopasdfgh', 'common'],
    ['1qaz2wsx3edc4rfv', 'common'],
    ['abcabcabcabcabcabc', 'common'],
    ['quarantotti1984!', 'contains_name'],
    ['QUARANTOTTI-ada-1', 'contains_name'],
    ['Quarantòtti 2026!', 'contains_name'],
    ['centrooculistico', 'contains_name'],
    ['ClinicaCRM-2026!', 'contains_name'],
    ['clinic.example01', 'contains_name'],
  ])('%s is refused as %s', async (password, reason) => {
    expect(await reasonOf(password)).toBe(reason)
  })

  test.each([
    'quattro parole messe a caso',
    'correct horse battery staple',
    'x7Gk2pQzR4mVw9T',
    'una quarantotti al mare',
    'пятнадцать букв',
    '🦉🦉🌵🎈🧭🪁🛶🎺🧩🪐🧶🪗🫖🧿🪶',
    ' spazi ai bordi anche ',
    'x7Gk2pQzR4mVw9T'.repeat(17),
  ])('%s is taken', async (password) => {
    expect(await reasonOf(password)).toBeNull()
  })

  test('of eight is enough beside a second factor, but not a common one', async () => {
    const withApp = { twoFactorEnabled: true }
    expect(await reasonOf('x7Gk-2pQz', withApp)).toBeNull()
    expect(await reasonOf('x7Gk2pQ', withApp)).toBe('too_short')
    expect(await reasonOf('password1', withApp)).toBe('common')
  })

  test('is judged within a moment, however long it is', async () => {
    await reasonOf('quattro parole messe a caso')
    for (const password of ['ab1 '.repeat(64), 'password'.repeat(32), 'monkeydragonshadow'.repeat(14)]) {
      const startedAt = performance.now()
      await reasonOf(password)
      expect(performance.now() - startedAt).toBeLessThan(500)
    }
  })
})

describe('changing it', () => {
  const password = 'quattro parole messe a caso'
  const next = 'altre quattro parole ancora'

  test('needs the one before, ends the other sessions, and gives this one a new name', async () => {
    const { id, email } = await clinic.signsIn('agent', { password })
    const [home, phone] = [openBrowser(clinic.url), openBrowser(clinic.url)]
    for (const each of [home, phone]) await each.enter(email, password)
    const change = (current_password: string, given: string) =>
      home.ask('POST', '/api/profile/password', { current_password, password: given })
    expect((await change('not the one before', next)).body.code).toBe('wrong_credentials')
    expect((await phone.ask('GET', '/api/session')).status).toBe(200)
    const stolen = new Map(home.jar)
    expect((await change(password, next)).status).toBe(204)
    expect((await home.ask('GET', '/api/session')).status).toBe(200)
    expect((await phone.ask('GET', '/api/session')).status).toBe(401)
    for (const [name, value] of stolen) phone.jar.set(name, value)
    expect((await phone.ask('GET', '/api/session')).status).toBe(401)
    expect((await openBrowser(clinic.url).enter(email, password)).status).toBe(401)
    expect((await openBrowser(clinic.url).enter(email, next)).status).toBe(200)
    const traces = await clinic.rows<{ action: string }>(
      "select action from audit_events where subject_id = $1 and action like 'user.password%' order by id",
      [id],
    )
    expect(traces.map(({ action }) => action)).toEqual(['user.password_check_failed', 'user.password_changed'])
  })

  test('refuses what everybody would try, with the reason', async () => {
    const { email } = await clinic.signsIn('agent', { password, name: 'Fiammetta Neri' })
    const home = openBrowser(clinic.url)
    await home.enter(email, password)
    const reply = await home.ask('POST', '/api/profile/password', {
      current_password: password,
      password: 'fiammetta-neri-1',
    })
    expect([reply.status, reply.body.code, reply.body.reason]).toEqual([422, 'weak_password', 'contains_name'])
  })

  test('cannot be used to guess the one before', async () => {
    const { email } = await clinic.signsIn('agent', { password })
    const home = openBrowser(clinic.url)
    await home.enter(email, password)
    const codes: string[] = []
    for (let i = 0; i < 11; i++)
      codes.push(
        (await home.ask('POST', '/api/profile/password', { current_password: `guess ${i}`, password: next })).body.code,
      )
    expect(codes.at(-1)).toBe('too_many_requests')
  }, 30_000)
})
