import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic()
})
afterAll(() => clinic.close())

test('an installation begins with the treatments clinics know', async () => {
  const { treatments } = (await clinic.ask('GET', '/api/treatments')).body
  expect(treatments).toContainEqual({
    id: expect.any(String),
    code: 'SMILE',
    name: 'SMILE Surgery',
    area: 'refractive',
    active: true,
  })
})

test('a treatment is added, renamed, used by code or name, and never twice', async () => {
  const { status, body } = await clinic.ask('POST', '/api/treatments', {
    json: { code: 'BOTOX', name: 'Botulinum', area: 'aesthetic' },
  })
  expect(status).toBe(201)
  expect((await clinic.opens({ treatment: 'botox' })).treatment).toBe('Botulinum')
  await clinic.ask('PATCH', `/api/treatments/${body.id}`, { json: { name: 'Botulinum Toxin' } })
  expect((await clinic.opens({ treatment: 'Botulinum Toxin' })).treatment).toBe('Botulinum Toxin')
  const again = await clinic.ask('POST', '/api/treatments', { json: { code: 'BOTOX', name: 'Other' } })
  expect([again.status, again.body.code]).toEqual([409, 'already_exists'])
})
