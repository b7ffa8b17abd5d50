import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEvents } from '../events.ts'
import { type Clinic, openClinic } from '../testing/harness.ts'
import { createAsk, lookupPatienceMs } from './fast.ts'

let clinic: Clinic
const away = new pg.Pool({ host: '/nowhere', connectionTimeoutMillis: 200 })
beforeAll(async () => {
  clinic = await openClinic()
})
afterAll(async () => {
  await away.end()
  await clinic.close()
})

const one = { name: 'one', text: 'select 1', values: [] }
const soon = () => performance.now() + lookupPatienceMs

test('a replica answers while the primary is away, at first and once the breaker is open', async () => {
  const ask = createAsk({ primary: away, replica: clinic.pools.fast }, createEvents('silent'))
  for (let i = 0; i < 10; i++) expect(await ask(one, soon())).toEqual([['1']])
})

test('without one, or with one that is away too, the asker is told to come again', async () => {
  for (const replica of [null, away]) {
    const ask = createAsk({ primary: away, replica }, createEvents('silent'))
    for (let i = 0; i < 10; i++) {
      await expect(ask(one, soon())).rejects.toMatchObject({ code: 'unavailable', headers: { 'retry-after': '1' } })
    }
  }
})

test('a value that PostgreSQL refuses is the asker’s fault and closes the door to nobody', async () => {
  const ask = createAsk({ primary: clinic.pools.fast, replica: null }, createEvents('silent'))
  const wrong = { name: 'wrong', text: 'select $1::int', values: ['x'] }
  for (let i = 0; i < 10; i++) await expect(ask(wrong, soon())).rejects.toMatchObject({ code: '22P02' })
  expect(await ask(one, soon())).toEqual([['1']])
})
