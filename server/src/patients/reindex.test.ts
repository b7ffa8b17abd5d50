import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../testing/harness.ts'
import { isIndexStale, reindex } from './patients.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic()
})
afterAll(() => clinic.close())

const spanish = { defaultCountry: 'ES' as const, defaultLocale: 'es' as const, publicUrl: 'https://crm.example' }

test('numbers are read again from what was typed when the country changes, and again when it changes back', async () => {
  const { id } = await clinic.opens({ phone: '612 34 56 78' })
  await reindex(clinic.pools.db, clinic.config)
  expect(await isIndexStale(clinic.pools.db, clinic.config)).toBe(false)
  expect((await clinic.lookup('+34612345678')).body.found).toBe(false)

  expect(await isIndexStale(clinic.pools.db, spanish)).toBe(true)
  await reindex(clinic.pools.db, spanish)
  expect((await clinic.lookup('+34612345678')).body.case_id).toBe(id)

  await reindex(clinic.pools.db, clinic.config)
  expect((await clinic.lookup('+34612345678')).body.found).toBe(false)
})

test('an interrupted run goes on where it was, and two at once share the work', async () => {
  for (let i = 0; i < 450; i++) await clinic.opens({})
  const stop = new AbortController()
  const first = await reindex(clinic.pools.db, spanish, () => stop.abort(), stop.signal)
  expect(await isIndexStale(clinic.pools.db, spanish)).toBe(true)
  const rest = await Promise.all([reindex(clinic.pools.db, spanish), reindex(clinic.pools.db, spanish)])
  const total = await clinic.pools.db.$count((await import('../db/schema.ts')).patients)
  expect(first + rest[0] + rest[1]).toBe(total)
  expect(await clinic.rows('select distinct key_version from patients')).toHaveLength(1)
})
