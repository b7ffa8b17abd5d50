import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'

let crm: Clinic
let agent: SignedIn
let lead: SignedIn
beforeAll(async () => {
  crm = await openClinic()
  agent = await crm.signsIn('agent')
  lead = await crm.signsIn('team_lead')
})
afterAll(() => crm.close())

const overdue = { name: 'In ritardo', shape: 'table', query: 'due=overdue&status=NUOVO', shared: false }
const names = async (person: SignedIn) =>
  (await person.ask('GET', '/api/views')).body.views.map(({ name }: { name: string }) => name)

test('a view comes back as it was saved, to its owner only', async () => {
  const { status, body } = await agent.ask('POST', '/api/views', { json: overdue })
  expect([status, body]).toEqual([201, expect.objectContaining({ ...overdue, mine: true, version: 1 })])
  expect(await names(agent)).toContain('In ritardo')
  expect(await names(lead)).not.toContain('In ritardo')
})

test('sharing needs the permission, whether at first or later', async () => {
  const shared = { ...overdue, name: 'Per tutti', shared: true }
  expect((await agent.ask('POST', '/api/views', { json: shared })).status).toBe(403)
  const own = (await agent.ask('POST', '/api/views', { json: { ...overdue, name: 'Mia' } })).body
  expect((await agent.ask('PATCH', `/api/views/${own.id}`, { json: { shared: true } })).status).toBe(403)
  expect((await lead.ask('POST', '/api/views', { json: shared })).status).toBe(201)
  expect((await agent.ask('GET', '/api/views')).body.views).toContainEqual(
    expect.objectContaining({ name: 'Per tutti', mine: false, owner: lead.name }),
  )
})

test('nobody changes or deletes the view of another, shared or not', async () => {
  const { id } = (await lead.ask('POST', '/api/views', { json: { ...overdue, name: 'Della capa', shared: true } })).body
  const owner = await crm.signsIn('owner')
  for (const person of [agent, owner]) {
    expect((await person.ask('PATCH', `/api/views/${id}`, { json: { name: 'Mia' } })).status).toBe(404)
    expect((await person.ask('DELETE', `/api/views/${id}`)).status).toBe(404)
  }
  expect(await names(agent)).toContain('Della capa')
})

test('two tabs that change one view: the second hears what the first wrote', async () => {
  const { id, version } = (await agent.ask('POST', '/api/views', { json: { ...overdue, name: 'Due schede' } })).body
  const rename = (name: string) => agent.ask('PATCH', `/api/views/${id}`, { json: { name, version } })
  const [first, second] = [await rename('Prima'), await rename('Seconda')]
  expect([first.status, first.body.version]).toEqual([200, version + 1])
  expect([second.status, second.body.code, second.body.current.name]).toEqual([409, 'changed', 'Prima'])
})

test('a deleted view is gone, and the trace of it stays', async () => {
  const { id } = (await agent.ask('POST', '/api/views', { json: { ...overdue, name: 'Da buttare' } })).body
  expect((await agent.ask('DELETE', `/api/views/${id}`)).status).toBe(204)
  expect((await agent.ask('DELETE', `/api/views/${id}`)).status).toBe(404)
  expect(await crm.rows(`select action from audit_events where subject = 'view' and subject_id = $1`, [id])).toEqual([
    { action: 'view.created' },
    { action: 'view.deleted' },
  ])
})

test('a name must be there, and two hundred views are enough', async () => {
  expect((await agent.ask('POST', '/api/views', { json: { ...overdue, name: '  ' } })).status).toBe(400)
  const hoarder = await crm.signsIn('agent')
  await crm.rows(
    `insert into saved_views (owner_id, name, shape, query) select $1, 'v' || n, 'table', '' from generate_series(1, 200) n`,
    [hoarder.id],
  )
  const refused = await hoarder.ask('POST', '/api/views', { json: overdue })
  expect([refused.status, refused.body.fields]).toEqual([400, [expect.objectContaining({ field: 'name' })]])
})
