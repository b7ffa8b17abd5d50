import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startPurging } from '../jobs/purge.ts'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'
import { webhookTo } from '../testing/hooked.ts'

const [roma, milano] = ['Centro Oculistico Roma', 'Centro Oculistico Milano']
const target = { url: 'http://127.0.0.1:9/hooks' }

let clinic: Clinic
let owner: SignedIn
beforeAll(async () => {
  clinic = await openClinic({ clinics: [roma, milano], env: { OUTGOING_ALLOWED_HOSTS: '127.0.0.1' } })
  owner = await clinic.signsIn('owner')
})
afterAll(() => clinic.close())
beforeEach(async () => void (await clinic.rows('delete from webhooks')))

test('the secret is shown once, kept sealed, and nowhere else', async () => {
  const made = await webhookTo(owner, target, { description: '  ', events: ['case.created', 'case.created'] })
  expect(made.secret).toMatch(/^whsec_[\w+/]{43}=$/)
  expect(made).toMatchObject({ ...target, events: ['case.created'], clinics: null, description: null, active: true })
  expect(made).toMatchObject({ pending: 0, failing: 0, dead: 0, last_delivered_at: null, created_by: owner.name })
  const everywhere = [
    (await owner.ask('GET', '/api/webhooks')).text,
    JSON.stringify(await clinic.rows('select * from webhooks')),
    JSON.stringify(await clinic.rows(`select changes from audit_events where subject = 'webhook'`)),
  ].join('\n')
  expect(everywhere).toContain(made.hint)
  expect(everywhere).not.toContain(made.secret.slice(6))
  expect(everywhere).toContain('sealed:1:')
})

test.each([
  [{ url: 'http://hooks.example/x' }, 'url: must begin with https://'],
  [{ url: 'https://u:p@hooks.example/x' }, 'url: must hold no user name or password'],
  [{ url: 'https://8.8.8.8:25/x' }, 'url: must be on port 443, or on one from 1024 up'],
  [{ url: 'https://169.254.169.254/x' }, 'url: must be at a public address'],
  [{ url: 'hooks' }, 'url: must be an address'],
  [{ url: 'https://hooks.example/\0' }, 'url: must hold no blanks'],
  [{ url: 'https://hooks.example/a b' }, 'url: must hold no blanks'],
  [{ url: `https://hooks.example/${'a'.repeat(2_000)}` }, 'url'],
  [{ description: '\0' }, 'description: must not contain the NUL'],
  [{ events: [] }, 'events: must name at least one event'],
  [{ events: ['case.everything'] }, 'events.0'],
  [{ clinics: ['Nessuna'] }, 'clinic'],
])('%o is refused: %s', async (wrong, message) => {
  const { status, body } = await owner.ask('POST', '/api/webhooks', {
    json: { ...target, events: ['case.created'], ...wrong },
  })
  expect(status).toBe(400)
  expect(body.message).toContain(message)
  expect(await clinic.rows('select id from webhooks')).toEqual([])
})

test('it is changed, stopped and removed, each with its trace', async () => {
  const { id, version } = await webhookTo(owner, target)
  const save = (json: object) => owner.ask('PATCH', `/api/webhooks/${id}`, { json })
  expect((await save({ events: ['call.ended'], version })).body).toMatchObject({ events: ['call.ended'], version: 2 })
  expect((await save({ events: ['call.ended'], version })).body.code).toBe('changed')
  expect((await save({ url: 'https://10.0.0.1/' })).status).toBe(400)
  expect((await save({ active: false })).body).toMatchObject({ active: false, stopped_because: null })
  expect((await owner.ask('DELETE', `/api/webhooks/${id}`)).status).toBe(204)
  expect((await save({})).status).toBe(404)
  const traces = await clinic.rows(`select action from audit_events where subject = 'webhook' and subject_id = $1`, [
    id,
  ])
  expect(traces.map(({ action }) => action)).toEqual([
    'webhook.created',
    'webhook.changed',
    'webhook.changed',
    'webhook.removed',
  ])
})

test('fifty may be active at once', async () => {
  await clinic.rows(`insert into webhooks (url, events, secret, hint, created_by)
      select 'https://hooks.example', '{note.added}', 'sealed', 'abcd', 'system' from generate_series(1, 50)`)
  const json = { ...target, events: ['case.created'] }
  expect((await owner.ask('POST', '/api/webhooks', { json })).body.message).toContain('50 active webhooks')
  const { body } = await owner.ask('POST', '/api/webhooks', { json: { ...json, active: false } })
  expect((await owner.ask('PATCH', `/api/webhooks/${body.id}`, { json: { active: true } })).status).toBe(400)
})

test('who is limited to clinics has only theirs told, and sees no other', async () => {
  const limited = await clinic.signsIn('integrator', { clinics: [milano] })
  const mine = await webhookTo(limited, target)
  expect(mine.clinics).toEqual([milano])
  const others = [await webhookTo(owner, target), await webhookTo(owner, target, { clinics: [roma, milano] })]
  const ask = (method: string, path: string, json?: object) =>
    limited.ask(method, path, json === undefined ? {} : { json })
  expect((await ask('GET', '/api/webhooks')).body.webhooks.map(({ id }: { id: string }) => id)).toEqual([mine.id])
  for (const { id } of others) {
    expect((await ask('PATCH', `/api/webhooks/${id}`, { active: false })).status).toBe(404)
    expect((await ask('POST', `/api/webhooks/${id}/rotate`, {})).status).toBe(404)
    expect((await ask('GET', `/api/webhooks/${id}/deliveries`)).status).toBe(404)
  }
  expect((await ask('PATCH', `/api/webhooks/${mine.id}`, { clinics: null })).status).toBe(403)
  expect((await ask('PATCH', `/api/webhooks/${mine.id}`, { clinics: [roma] })).status).toBe(400)
})

test('what was taken is forgotten after thirty days, what was not after ninety', async () => {
  const { id } = await webhookTo(owner, target)
  const kept = ['delivered 29', 'dead 89', 'pending 89']
  for (const one of [...kept, 'delivered 31', 'dead 91', 'pending 91']) {
    const [state, days] = one.split(' ')
    await clinic.rows(
      `insert into webhook_deliveries (webhook_id, event_id, type, payload, state, created_at, delivered_at)
        select $1, $2, 'case.created', '{}', $3, at, case when $3 = 'delivered' then at end
          from (select now() - make_interval(days => $4::int) as at) then_`,
      [id, one, state, days],
    )
  }
  const stop = startPurging(clinic.pools.general, () => undefined)
  const left = async () => (await clinic.rows('select event_id from webhook_deliveries')).map((row) => row.event_id)
  await expect.poll(async () => new Set(await left()), { timeout: 8_000 }).toEqual(new Set(kept))
  stop()
})
