import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadDemo } from './demo.ts'
import { demoCases } from './demo-cases.ts'
import { demoPatients } from './demo-data.ts'
import { type Clinic, openClinic } from './testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: [] })
  await loadDemo(clinic.work)
})
afterAll(() => clinic.close())

test('the demo is in the database as it was written, treatments by name', async () => {
  const rows = await clinic.rows(`select c.id::int, t.name as treatment, cl.name as clinic, p.last_name
    from cases c join clinics cl on cl.id = c.clinic_id join patients p on p.id = c.patient_id
    left join treatments t on t.id = c.treatment_id order by c.id`)
  const written = demoCases.map(({ treatment, clinic: name, patient }, i) => {
    return { id: i + 1, treatment, clinic: name, last_name: demoPatients[patient - 1]!.last_name }
  })
  expect(rows).toEqual(written)
})

test('every treatment an installation begins with is shown at work', async () => {
  expect(
    await clinic.rows(
      'select name from treatments where id not in (select treatment_id from cases where treatment_id is not null)',
    ),
  ).toEqual([])
})

test('loading again, twice at once, changes nothing', async () => {
  const counts = () =>
    clinic.rows(
      'select (select count(*) from cases) as cases, (select count(*) from notes) as notes, (select count(*) from clinics) as clinics',
    )
  const before = await counts()
  await Promise.all([loadDemo(clinic.work), loadDemo(clinic.work)])
  expect(await counts()).toEqual(before)
})

test('a database that holds anything else is left alone', async () => {
  const real = await openClinic()
  await real.opens()
  await expect(loadDemo(real.work)).rejects.toThrow('holds data of its own')
  expect(await real.rows('select count(*)::int as n from cases')).toEqual([{ n: 1 }])
  await real.close()
})
