import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'
import { agentsNamed, dialledNumberOf, isOwnNumber } from './telephony.ts'

let crm: Clinic
let owner: SignedIn
let giulia: SignedIn
let marco: SignedIn

beforeAll(async () => {
  crm = await openClinic({ clinics: ['Roma', 'Milano'] })
  owner = await crm.signsIn('owner')
  giulia = await crm.signsIn('agent', { name: 'Giulia', email: 'Giulia@clinic.example', clinics: ['Roma'] })
  marco = await crm.signsIn('agent', { name: 'Marco', email: 'marco@clinic.example' })
})
afterAll(() => crm.close())

const clinicId = async (name: string) =>
  (await crm.rows<{ id: string }>('select id from clinics where name = $1', [name]))[0]!.id
const identity = (user_id: string, value: string, provider = '', kind = 'extension') =>
  owner.ask('POST', '/api/telephony/identities', { json: { user_id, value, provider, kind } })
const meant = async (provider: string, ...names: string[]) =>
  Object.fromEntries(await agentsNamed(crm.work.db, provider, names))

describe('agents', () => {
  test('are known by their address, or as they were named for a platform or for all, whatever the letters', async () => {
    expect((await identity(giulia.id, '201')).status).toBe(201)
    expect((await identity(marco.id, '201', 'aircall')).body).toMatchObject({ user_name: 'Marco', value: '201' })
    expect((await identity(marco.id, 'Marco Neri', 'sipgate', 'username')).body.value).toBe('marco neri')
    expect(await meant('api', '201', 'GIULIA@CLINIC.EXAMPLE', 'marco neri', 'x', '')).toEqual({
      '201': giulia.id,
      'GIULIA@CLINIC.EXAMPLE': giulia.id,
      'marco neri': null,
      x: null,
      '': null,
    })
    expect(await meant('aircall', '201')).toEqual({ '201': marco.id })
    expect(await meant('sipgate', ' MARCO NERI ')).toEqual({ ' MARCO NERI ': marco.id })
  })

  test('have a name once per platform and kind', async () => {
    const again = await identity(giulia.id, 'MARCO NERI', 'sipgate', 'username')
    expect([again.status, again.body.code]).toEqual([409, 'already_exists'])
  })

  test('whose name two people share, or who left, are nobody', async () => {
    await identity(giulia.id, 'team', 'api', 'username')
    await identity(marco.id, 'team', 'api', 'external_id')
    const gone = await crm.signsIn('agent', { email: 'gone@clinic.example' })
    await crm.rows('update users set active = false where id = $1', [gone.id])
    expect(await meant('api', 'team', 'gone@clinic.example')).toEqual({ team: null, 'gone@clinic.example': null })
  })

  test('nobody knows are listed, until somebody says who they are', async () => {
    await crm.rows(
      `insert into calls (provider, call_id, state, started_at, agent_text)
       values ('pbx', '1', 'ended', now(), '305'), ('pbx', '2', 'ended', now(), '305'),
              ('pbx', '3', 'ended', now() - interval '60 days', '306')`,
    )
    const unknown = async () => (await owner.ask('GET', '/api/telephony/identities')).body.unknown_agents
    expect(await unknown()).toEqual([{ provider: 'pbx', value: '305', count: 2, last_at: expect.any(String) }])
    const { body } = await identity(giulia.id, '305', 'pbx')
    expect(await unknown()).toEqual([])
    expect((await owner.ask('DELETE', `/api/telephony/identities/${body.id}`)).status).toBe(204)
    expect(await unknown()).toHaveLength(1)
  })

  test('of another clinic are not named by who is limited to one', async () => {
    const admin = await crm.signsIn('clinic_admin', { clinics: ['Roma'] })
    const { body } = await admin.ask('GET', '/api/telephony/identities')
    expect(new Set(body.identities.map(({ user_name }: { user_name: string }) => user_name))).toEqual(
      new Set(['Giulia']),
    )
    const json = { user_id: marco.id, kind: 'extension', value: '999' }
    expect((await admin.ask('POST', '/api/telephony/identities', { json })).status).toBe(404)
  })
})

describe('our numbers', () => {
  test('say which clinic was called, in any writing, and are never a patient’s', async () => {
    const json = { number: '+39 06 5550 1000', label: 'Centralino', clinic_id: await clinicId('Roma'), locale: 'it' }
    const { status, body } = await owner.ask('POST', '/api/telephony/numbers', { json })
    expect([status, body.clinic, body.channel]).toEqual([201, 'Roma', null])
    const twice = { number: '06 55501000' }
    expect((await owner.ask('POST', '/api/telephony/numbers', { json: twice })).body.code).toBe('already_exists')
    expect(await dialledNumberOf(crm.work, 'tel:+390655501000')).toMatchObject({
      id: body.id,
      clinic_id: json.clinic_id,
    })
    expect(await dialledNumberOf(crm.work, '06 2222 4444')).toBeNull()
    expect(await dialledNumberOf(crm.work, null)).toBeNull()
    expect(await isOwnNumber(crm.work, '390655501000')).toBe(true)
    const saved = await owner.ask('PATCH', `/api/telephony/numbers/${body.id}`, {
      json: { campaign: 'Primavera', version: body.version },
    })
    expect(saved.body).toMatchObject({ campaign: 'Primavera', number: '+39 06 5550 1000' })
    const late = await owner.ask('PATCH', `/api/telephony/numbers/${body.id}`, { json: { label: 'X', version: 1 } })
    expect(late.body.code).toBe('changed')
    expect((await owner.ask('DELETE', `/api/telephony/numbers/${body.id}`)).status).toBe(204)
    expect(await isOwnNumber(crm.work, '390655501000')).toBe(false)
  })

  test('are also those of the clinics', async () => {
    await crm.rows(`update clinics set phone = '02 5550 1111' where name = 'Milano'`)
    expect(await isOwnNumber(crm.work, '390255501111')).toBe(true)
    expect(await dialledNumberOf(crm.work, '+39 02 5550 1111')).toEqual({
      id: null,
      clinic_id: await clinicId('Milano'),
    })
  })

  test.each(['abc', '06 5550 1001, 06 5550 1002'])('%s is refused by name', async (number) => {
    const { status, body } = await owner.ask('POST', '/api/telephony/numbers', { json: { number } })
    expect([status, body.fields[0].field]).toEqual([400, 'number'])
  })
})

describe('frames', () => {
  test('are allowed by whole origins, with those of the platform to choose from', async () => {
    const origins = ['https://apps.mypurecloud.de', 'https://*.mypurecloud.de']
    const saved = await owner.ask('PUT', '/api/telephony/frames/genesys-cloud', { json: { origins } })
    expect(saved.body).toEqual({ connector: 'genesys-cloud', origins })
    const { frames } = (await owner.ask('GET', '/api/telephony/frames')).body
    expect(frames).toContainEqual({
      connector: 'genesys-cloud',
      origins,
      presets: expect.arrayContaining(['https://apps.mypurecloud.de']),
    })
    for (const origin of ['http://x.example', 'https://x.example/path', "https://x.example; script-src 'none'", '*']) {
      const json = { origins: [origin] }
      expect((await owner.ask('PUT', '/api/telephony/frames/genesys-cloud', { json })).status).toBe(400)
    }
    expect((await owner.ask('PUT', '/api/telephony/frames/none', { json: { origins } })).status).toBe(404)
  })
})
