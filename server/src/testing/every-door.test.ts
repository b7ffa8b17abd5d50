import { api } from '@clinicacrm/contract/api.ts'
import type { Endpoint } from '@clinicacrm/contract/endpoint.ts'
import { permissionsOfRole, type Role, roleNames } from '@clinicacrm/contract/permissions.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressOf, askings, isAboutScene, type Scene, sceneAt } from './every-door.ts'
import { type Clinic, openClinic, type SignedIn } from './harness.ts'

/*
 * Every endpoint × every role × one's own and a foreign clinic: exactly the table in permissions.ts, and after each
 * refusal the database is what it was.
 */

const own = 'Centro Oculistico Roma'
const foreign = 'Centro Oculistico Milano'
const doors = api.filter(({ needs }) => needs !== 'public')

/** What an endpoint answers who may ask it, where that is not a success: there is nothing to find, or a wrong password. */
const otherwise: Record<string, number> = {
  lookupByQuery: 404,
  lookupByBody: 404,
  lookupByConversation: 404,
  undoBulk: 404,
  saveView: 404,
  deleteView: 404,
  getPop: 404,
  markPop: 404,
  endSession: 404,
  changePassword: 401,
  startSecondFactor: 401,
  confirmSecondFactor: 401,
  // These people have no second factor, and no long password to do without.
  stopSecondFactor: 422,
  renewRecoveryCodes: 400,
  // The demo alone has a telephone system of its own.
  ringMyself: 404,
  // Whoever sees no cases cannot watch one.
  'integrator watchCase': 404,
  // Only one's own notes, and these were written by the system.
  editNote: 403,
}

let crm: Clinic
let everywhere: Record<Role, SignedIn>
let atOwn: Record<Role, SignedIn>
let shared: Scene

beforeAll(async () => {
  crm = await openClinic({ clinics: [own, foreign] })
  await crm.rows(`insert into organisation (name, country, locale) values ('Prova', 'IT', 'it') on conflict do nothing`)
  everywhere = await people({})
  atOwn = await people({ clinics: [own] })
  shared = await sceneAt(crm, own)
})
afterAll(() => crm.close())

test('every endpoint has a way to be asked', () => {
  expect(Object.keys(askings).toSorted()).toEqual(doors.map(({ name }) => name).toSorted())
})

describe.each(roleNames)('as %s', (role) => {
  const rights = permissionsOfRole(role)
  const may = ({ needs }: Endpoint) => needs === 'signed_in' || rights.has(needs as never)

  test.each(doors.filter(may))('$name is open', async ({ name, ...endpoint }) => {
    const scene = isAboutScene(name) ? await sceneAt(crm, own) : shared
    const { status, text } = await knock(everywhere[role], { name, ...endpoint }, scene)
    expect(status, text).toBe(otherwise[`${role} ${name}`] ?? otherwise[name] ?? endpoint.status ?? 200)
  })

  test.each(doors.filter((endpoint) => !may(endpoint)))('$name is closed, and changes nothing', async (endpoint) => {
    await changesNothing(async () => {
      const { status, body } = await knock(everywhere[role], endpoint, shared)
      expect([status, body.code]).toEqual([403, 'forbidden'])
    })
  })
})

// An owner has every clinic.
describe.each(roleNames.filter((role) => role !== 'owner'))('as %s of one clinic', (role) => {
  const rights = permissionsOfRole(role)
  const open = doors.filter(({ needs }) => needs === 'signed_in' || rights.has(needs as never))

  test.each(open.filter(({ name }) => isAboutScene(name)))(
    '$name knows nothing of a foreign clinic, and changes nothing there',
    async (endpoint) => {
      const scene = await sceneAt(crm, foreign)
      await changesNothing(async () => {
        const { status, body, text } = await knock(atOwn[role], endpoint, scene)
        // A change of many cases says that it changes none of them, instead of refusing it all.
        const isRefused = [400, 403, 404].includes(status) || (body?.changed ?? body?.changes) === 0
        expect(isRefused, `${status} ${text}`).toBe(true)
        expect(text).not.toContain(scene.name)
      })
    },
  )

  test.each(open.filter(({ name, method }) => method === 'GET' && !isAboutScene(name)))(
    '$name shows nothing of a foreign clinic',
    async (endpoint) => {
      const scene = await sceneAt(crm, foreign)
      const { text } = await knock(atOwn[role], endpoint, shared)
      expect(text).not.toContain(scene.name)
    },
  )
})

test('a key is no person: what needs a session is closed to the strongest key', async () => {
  for (const endpoint of doors.filter(({ needs }) => needs === 'signed_in')) {
    const { path, options } = question(endpoint, shared)
    const { status } = await crm.ask(endpoint.method, path, options)
    expect([endpoint.name, status]).toEqual([endpoint.name, 403])
  }
})

async function people(who: { clinics?: string[] }) {
  const signedIn = {} as Record<Role, SignedIn>
  for (const role of roleNames) signedIn[role] = await crm.signsIn(role, role === 'owner' ? {} : who)
  return signedIn
}

function question({ name, path }: Endpoint, scene: Scene) {
  const asked = askings[name]!(scene)
  return { path: addressOf(path, asked), options: asked.body === undefined ? {} : { json: asked.body } }
}

function knock(person: SignedIn, endpoint: Endpoint, scene: Scene) {
  const { path, options } = question(endpoint, scene)
  return person.ask(endpoint.method, path, options)
}

/** Something that was begun before, such as the end of a call, may fall into the middle: then it is asked once more. */
async function changesNothing(ask: () => Promise<void>) {
  for (let tries = 1; ; tries++) {
    const before = await snapshot()
    await ask()
    const after = await snapshot()
    if (tries < 3 && JSON.stringify(after) !== JSON.stringify(before)) continue
    return expect(after).toEqual(before)
  }
}

/** A fingerprint of every table but those that only say that somebody asked. */
async function snapshot(): Promise<Record<string, string>> {
  const tables = await crm.rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'
      and table_name not in ('sessions', 'access_events', 'api_key_usage', 'request_log')`,
  )
  const prints = tables.map(
    ({ name }) =>
      `select '${name}' as name, md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as print from ${name} t`,
  )
  const rows = await crm.rows<{ name: string; print: string }>(prints.join(' union all '))
  return Object.fromEntries(rows.map(({ name, print }) => [name, print]))
}
