import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBrowser } from '../testing/browser.ts'
import { type Clinic, openClinic } from '../testing/harness.ts'
import { newSetUpCode, withdrawSetUpCode } from './set-up.ts'

let clinic: Clinic
beforeEach(async () => {
  // As it is after `clinicacrm keys create`: clinics and keys, nobody who signs in.
  clinic = await openClinic({ clinics: ['Roma'], env: { TRUSTED_PROXIES: '127.0.0.1' } })
})
afterEach(() => clinic.close())

const form = {
  name: 'Adele Moretti',
  email: 'Adele@clinic.example',
  password: 'quattro parole messe a caso',
  organisation: 'Occhi & Salute',
  clinic: 'Centro Firenze',
  city: 'Firenze',
  country: 'IT',
  zone: 'Europe/Rome',
  locale: 'es',
}
const newCode = async () => (await newSetUpCode(clinic.pools.db))!
const setUp = (code: string, more: object = {}, from = openBrowser(clinic.url)) =>
  from.ask('POST', '/api/set-up', { ...form, code, ...more })
const counts = () =>
  clinic.rows(`select (select count(*)::int from users) as users, (select count(*)::int from organisation) as organisations,
    (select count(*)::int from clinics) as clinics, (select count(*)::int from sessions) as sessions`)

test('the code of the terminal makes owner, organisation and clinic, and signs in', async () => {
  const home = openBrowser(clinic.url)
  expect((await home.ask('GET', '/api/front-door')).body.set_up).toBe(false)
  const code = await newCode()
  expect(code).toMatch(/^([2-9A-Z]{4}-){3}[2-9A-Z]{4}$/)
  const { status, body } = await setUp(code.toLowerCase().replaceAll('-', ' '), {}, home)
  expect(status).toBe(201)
  expect(body).toMatchObject({
    second_factor: false,
    session: {
      user: { name: 'Adele Moretti', email: 'adele@clinic.example', role: 'owner', locale: 'es' },
      organisation: { name: 'Occhi & Salute', country: 'IT', locale: 'es' },
      all_clinics: true,
    },
  })
  expect(body.session.clinics.map(({ name }: { name: string }) => name)).toEqual(['Centro Firenze', 'Roma'])
  expect((await home.ask('GET', '/api/session')).status).toBe(200)
  expect((await openBrowser(clinic.url).enter(form.email, form.password)).status).toBe(200)
  expect((await home.ask('GET', '/api/front-door')).body).toMatchObject({
    set_up: true,
    organisation: { name: 'Occhi & Salute' },
  })
})

test('of fifty at the same moment exactly one succeeds, and the others leave nothing behind', async () => {
  const code = await newCode()
  const tries = await Promise.all(
    Array.from({ length: 50 }, (_, i) => setUp(code, { email: `owner${i}@clinic.example`, organisation: `O${i}` })),
  )
  const codes = tries.map(({ status, body }) => (status === 201 ? 'done' : body.code))
  expect(codes.filter((code) => code === 'done')).toHaveLength(1)
  // A machine that does much else at once may say that it is busy.
  const others = codes.filter((code) => code !== 'done' && code !== 'unavailable')
  expect(new Set(others)).toEqual(new Set(['already_set_up']))
  expect(await counts()).toEqual([{ users: 1, organisations: 1, clinics: 2, sessions: 1 }])
}, 60_000)

test('without the code nothing happens, and guessing it ends soon', async () => {
  await newCode()
  const stranger = openBrowser(clinic.url)
  const codes: string[] = []
  for (let i = 0; i < 32; i++) codes.push((await setUp('AAAA-BBBB-CCCC-DDDD', {}, stranger)).body.code)
  expect(codes).toEqual([...Array<string>(30).fill('wrong_code'), 'too_many_requests', 'too_many_requests'])
  expect(await counts()).toEqual([{ users: 0, organisations: 0, clinics: 1, sessions: 0 }])
})

test('the code alone is not enough for a password that anybody would try', async () => {
  const code = await newCode()
  const refused = await setUp(code, { password: 'occhisalute2026' })
  expect([refused.status, refused.body.code, refused.body.reason]).toEqual([422, 'weak_password', 'contains_name'])
  expect((await setUp(code, { zone: 'Rome' })).status).toBe(400)
  expect((await setUp(code)).status).toBe(201)
})

test('each process has a code of its own; one that ended is void, and so are all once it is done', async () => {
  const [one, two, three] = [await newCode(), await newCode(), await newCode()]
  expect(new Set([one, two, three]).size).toBe(3)
  await withdrawSetUpCode(clinic.pools.db, one)
  expect((await setUp(one)).body.code).toBe('wrong_code')
  expect((await setUp(two)).status).toBe(201)
  expect((await setUp(three)).body.code).toBe('already_set_up')
  expect(await newSetUpCode(clinic.pools.db)).toBeNull()
})

test('a clinic that the API was used with is taken over, not made twice', async () => {
  expect((await setUp(await newCode(), { clinic: ' roma ' })).status).toBe(201)
  expect(await counts()).toEqual([{ users: 1, organisations: 1, clinics: 1, sessions: 1 }])
})

test('only hashes of code and password are kept, and everything made is a trace of its owner', async () => {
  const code = await newCode()
  expect(JSON.stringify(await clinic.rows('select * from verifications'))).not.toContain(code)
  const { body } = await setUp(code)
  const everything = JSON.stringify([
    await clinic.rows('select * from accounts'),
    await clinic.rows('select * from audit_events'),
  ])
  for (const word of [code, form.password]) expect(everything).not.toContain(word)
  expect(await clinic.rows('select action, actor from audit_events order by id desc limit 4')).toEqual(
    [
      { action: 'user.created', actor: 'system' },
      { action: 'organisation.created', actor: `user:${body.session.user.id}` },
      { action: 'clinic.created', actor: `user:${body.session.user.id}` },
      { action: 'user.signed_in', actor: `user:${body.session.user.id}` },
    ].toReversed(),
  )
})
