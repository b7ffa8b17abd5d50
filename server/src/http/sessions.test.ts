import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
})
afterAll(() => clinic.close())

describe('a session', () => {
  test('lets in whoever holds it, within role and clinics', async () => {
    const agent = await clinic.signsIn('agent', { clinics: ['Roma'] })
    await clinic.opens({ clinic: 'Milano' })
    const own = await clinic.opens({ clinic: 'Roma' })
    const { status, body } = await agent.ask('GET', '/api/cases')
    expect([status, body.cases.map(({ id }: { id: string }) => id)]).toEqual([200, [own.id]])
    expect((await agent.ask('GET', '/api/api-keys')).status).toBe(403)
  })
})
