import { type Scope, scopesWithin, permissionsOfRole } from '@clinicacrm/contract/permissions.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
})
afterAll(() => clinic.close())

const create = (by: SignedIn, json: object) =>
  by.ask('POST', '/api/api-keys', { json: { name: 'New', scopes: ['lookup:read'], ...json } })

describe('a person who gives keys', () => {
  test.each(['integrator', 'clinic_admin', 'owner'] as const)('as %s gives what they may themselves', async (role) => {
    const giver = await clinic.signsIn(role)
    const allowed = scopesWithin(permissionsOfRole(role))
    expect(allowed.length).toBeGreaterThan(0)
    const given = await create(giver, { scopes: allowed })
    expect([given.status, given.body.key]).toEqual([201, expect.stringMatching(/^ccrm_live_/)])
    const all: Scope[] = ['lookup:read', 'cases:read', 'patients:write', 'metrics:read', 'settings:write']
    for (const scope of all.filter((one) => !allowed.includes(one))) {
      const refused = await create(giver, { scopes: [scope] })
      expect([refused.status, refused.body.message]).toEqual([403, expect.stringContaining('your role lacks')])
    }
  })

  test('limited to a clinic gives, sees and ends keys of that clinic only', async () => {
    const giver = await clinic.signsIn('clinic_admin', { clinics: ['Roma'] })
    const everywhere = await clinic.keyWith({ scopes: ['lookup:read'] })
    expect((await create(giver, {})).body.clinics).toEqual(['Roma'])
    expect((await create(giver, { clinics: null })).status).toBe(403)
    expect((await create(giver, { clinics: ['Milano'] })).status).toBe(400)
    const { body } = await giver.ask('GET', '/api/api-keys')
    expect(body.api_keys.map(({ clinics }: { clinics: string[] }) => clinics)).toEqual([['Roma']])
    expect((await giver.ask('DELETE', `/api/api-keys/${everywhere.id}`)).status).toBe(404)
    expect((await giver.ask('GET', `/api/api-keys/${everywhere.id}/usage`)).status).toBe(404)
  })

  test('as integrator cannot make a stronger key theirs', async () => {
    const giver = await clinic.signsIn('integrator')
    const stronger = await clinic.keyWith({ scopes: ['cases:read'] })
    for (const [method, part, json] of [
      ['PATCH', '', { name: 'Mine' }],
      ['POST', '/rotate', {}],
      ['DELETE', '', undefined],
    ] as const)
      expect((await giver.ask(method, `/api/api-keys/${stronger.id}${part}`, { json })).status).toBe(403)
  })

  test('is named in the trace', async () => {
    const giver = await clinic.signsIn('integrator')
    const { body } = await create(giver, {})
    const traces = await clinic.rows("select actor from audit_events where subject = 'api_key' and subject_id = $1", [
      body.id,
    ])
    expect(traces).toEqual([{ actor: `user:${giver.id}` }])
  })
})

describe('the use of a key', () => {
  test('is shown by hour, and over any span with its empty buckets', async () => {
    const { id } = await clinic.keyWith({ scopes: ['lookup:read'] })
    await clinic.rows(
      `insert into api_key_usage (api_key_id, minute, requests, refused) values
         ($1, date_trunc('minute', now()), 3, 1),
         ($1, date_trunc('minute', now()) - interval '2 hours', 5, 0),
         ($1, date_trunc('minute', now()) - interval '3 days', 7, 2),
         ($1, date_trunc('minute', now()) - interval '40 days', 90, 0)`,
      [id],
    )
    const { body } = await clinic.ask('GET', '/api/api-keys')
    const shown = body.api_keys.find((key: { id: string }) => key.id === id)
    expect([shown.sparkline.length, shown.sparkline.at(-1), shown.sparkline.at(-3), shown.requests]).toEqual([
      24, 3, 5, 8,
    ])
    const sum = async (span: string) => {
      const usage = await clinic.ask('GET', `/api/api-keys/${id}/usage?span=${span}`)
      const { bucket_minutes, buckets } = usage.body as {
        bucket_minutes: number
        buckets: { at: string; requests: number; refused: number }[]
      }
      const total = (field: 'requests' | 'refused') => buckets.reduce((all, bucket) => all + bucket[field], 0)
      const steps = new Set(buckets.slice(1).map(({ at }, i) => Date.parse(at) - Date.parse(buckets[i]!.at)))
      expect(steps).toEqual(new Set([bucket_minutes * 60_000]))
      return [bucket_minutes, buckets.length, total('requests'), total('refused')]
    }
    expect(await sum('hour')).toEqual([1, 60, 3, 1])
    expect(await sum('day')).toEqual([30, 48, 8, 1])
    expect(await sum('week')).toEqual([180, 56, 15, 3])
    expect(await sum('month')).toEqual([1_440, 30, 15, 3])
  })

  test('of a key that is not there is not found', async () => {
    expect((await clinic.ask('GET', '/api/api-keys/999999/usage')).status).toBe(404)
  })
})
