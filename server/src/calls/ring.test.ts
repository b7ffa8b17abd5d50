import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../testing/harness.ts'

let demo: Clinic
beforeAll(async () => {
  demo = await openClinic({ demo: true })
})
afterAll(() => demo.close())

test('a call rings at whoever asks, and the next one hangs it up', async () => {
  const giulia = await demo.signsIn('agent')
  const ring = (scenario: string) => giulia.ask('POST', '/api/demo/ring', { json: { scenario } })
  const first = await ring('unknown')
  expect([first.status, first.body.from]).toEqual([200, '+39 347 555 0199'])
  const { body } = await giulia.ask('GET', '/api/pops')
  expect(body.pops).toMatchObject([{ id: first.body.id, call: { state: 'ringing', match: 'none' } }])
  const second = await ring('withheld')
  const states = () => demo.rows('select id, state, match from calls order by id')
  await expect.poll(states).toEqual([
    { id: first.body.id, state: 'ended', match: 'none' },
    { id: second.body.id, state: 'ringing', match: 'withheld' },
  ])
})

test('nobody else’s call is hung up', async () => {
  const [one, other] = [await demo.signsIn('agent'), await demo.signsIn('team_lead')]
  const { body } = await one.ask('POST', '/api/demo/ring', { json: {} })
  await other.ask('POST', '/api/demo/ring', { json: {} })
  expect(await demo.rows('select state from calls where id = $1', [body.id])).toEqual([{ state: 'ringing' }])
})

test('outside the demo it is not there', async () => {
  const real = await openClinic()
  const person = await real.signsIn('agent')
  expect((await person.ask('POST', '/api/demo/ring', { json: {} })).status).toBe(404)
  expect(await real.rows('select id from calls')).toEqual([])
  await real.close()
})
