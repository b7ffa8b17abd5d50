import { clinicHours } from '@clinicacrm/contract/clinic-hours.ts'
import { channels } from '@clinicacrm/contract/cases.ts'
import { statusCodes } from '@clinicacrm/contract/lifecycle.ts'
import { phoneKeys } from '@clinicacrm/contract/phone.ts'
import { describe, expect, test } from 'vitest'
import { demoCalls, demoExtensions, demoHours, demoNumbers } from './demo-call-data.ts'
import { demoCases } from './demo-cases.ts'
import { demoClinics, demoPatients, type DemoPatient } from './demo-data.ts'

const instantWithMicroseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/
const nameOf = (patient: DemoPatient) => `${patient.first_name} ${patient.last_name}`
const numbersOf = (patient: DemoPatient) =>
  [patient.phone, patient.home_phone, patient.cell_phone].filter((number) => number !== null)
const keysOf = (patient: DemoPatient) =>
  new Set(numbersOf(patient).flatMap((number) => phoneKeys(number, 'IT').map(({ key }) => key)))
const sorted = (names: Iterable<string>) => [...new Set(names)].toSorted()

describe('the cases', () => {
  test('case 9 is the one the integration guide prints', () => {
    const { patient, notes, ...kase } = demoCases[8]!
    expect(demoPatients[patient - 1]).toEqual({
      first_name: 'Antonio',
      last_name: 'Dorato',
      phone: '+39 06 2222 4444',
      home_phone: '+39 06 2222 4444',
      cell_phone: '+39 333 222 4444',
      email: 'antonio.dorato@email.com',
      clinic: 'Centro Oculistico Roma',
    })
    expect(kase).toEqual({
      clinic: 'Centro Oculistico Roma',
      treatment: 'SMILE Surgery',
      status: 'APPUNTAMENTO',
      disposition: 'SMILE evaluation',
      outcome: 'Professional athlete',
      channel: 'INFLUENCER',
      origin: 'Instagram',
      promotion: 'Spring Special 20%',
      created_at: '2025-07-08T16:57:06.836704+00:00',
      follow_up_date: '2025-07-12T16:57:06.836704+00:00',
      dialer_campaign_tag: 'Q1-Follow-Up',
      assigned_to: 'giulia.ferri@clinicacrm.example',
    })
    expect(notes).not.toHaveLength(0)
  })

  test('a case keeps its id: documentation and screenshots name them', () => {
    const patientOf = (id: number) => nameOf(demoPatients[demoCases[id - 1]!.patient - 1]!)
    expect(demoCases).toHaveLength(63)
    expect(demoPatients).toHaveLength(53)
    expect([1, 4, 9, 10, 35, 63].map(patientOf)).toEqual([
      'Ginevra Mastrangelo',
      'Antonio Dorato',
      'Antonio Dorato',
      'Carmela Esposito',
      'Ciro Esposito',
      'Carmela Esposito',
    ])
  })

  test('every clinic and patient a case names exists', () => {
    const clinics = demoClinics.map(({ name }) => name)
    for (const { clinic } of [...demoCases, ...demoPatients]) expect(clinics).toContain(clinic)
    for (const { patient } of demoCases) expect(demoPatients[patient - 1]).toBeDefined()
  })

  test('every status, channel and agent is shown at work', () => {
    expect(sorted(demoCases.map(({ status }) => status))).toEqual(sorted(statusCodes))
    expect(sorted(demoCases.map(({ channel }) => channel))).toEqual(sorted(channels))
    expect(sorted(demoCases.flatMap(({ assigned_to }) => assigned_to ?? []))).toHaveLength(6)
  })

  test('every instant carries microseconds, and no note is older than its case', () => {
    for (const { created_at, follow_up_date, notes } of demoCases) {
      const instants = [created_at, ...notes.map((note) => note.created_at)]
      for (const instant of [...instants, follow_up_date ?? created_at])
        expect(instant).toMatch(instantWithMicroseconds)
      expect(instants).toEqual(instants.toSorted())
      expect(notes.length).toBeLessThanOrEqual(4)
    }
  })

  test('at least eight patients came back for another case', () => {
    const cases = Map.groupBy(demoCases, ({ patient }) => patient)
    expect([...cases.values()].filter(({ length }) => length > 1).length).toBeGreaterThanOrEqual(8)
  })
})

test('six clinics stand in six cities, and codes and names are unique', () => {
  expect(sorted(demoClinics.map(({ city }) => city))).toEqual([
    'Bologna',
    'Firenze',
    'Milano',
    'Napoli',
    'Roma',
    'Torino',
  ])
  expect(new Set(demoClinics.map(({ code }) => code)).size).toBe(demoClinics.length)
  expect(new Set(demoClinics.map(({ name }) => name)).size).toBe(demoClinics.length)
})

describe('the numbers', () => {
  test('every number is readable, but for the two fields that hold none', () => {
    const unreadable = demoPatients.flatMap(numbersOf).filter((number) => phoneKeys(number, 'IT').length === 0)
    expect(unreadable).toEqual(['da richiedere', 'Anonimo'])
  })

  test('at least five landlines are shared by a household of two to four', () => {
    const holders = Map.groupBy(
      demoPatients.flatMap((patient) => [...keysOf(patient)].map((key) => ({ key, patient }))),
      ({ key }) => key,
    )
    const shared = [...holders.entries()].filter(([key, { length }]) => key.startsWith('390') && length > 1)
    expect(shared.length).toBeGreaterThanOrEqual(5)
    for (const [, { length }] of shared) expect(length).toBeLessThanOrEqual(4)
  })

  test('the guide’s number belongs to the Dorato household only', () => {
    const holders = demoPatients.filter((patient) => keysOf(patient).has('390622224444')).map(nameOf)
    expect(holders).toEqual(['Antonio Dorato', 'Sara Dorato'])
  })

  test('any of Antonio’s numbers answers case 9: nobody who shares one has a newer case', () => {
    const antonio = keysOf(demoPatients[demoCases[8]!.patient - 1]!)
    const candidates = demoCases
      .map(({ patient, created_at }, index) => ({
        id: index + 1,
        created_at,
        keys: keysOf(demoPatients[patient - 1]!),
      }))
      .filter(({ keys }) => !keys.isDisjointFrom(antonio))
      .toSorted((a, b) => b.created_at.localeCompare(a.created_at))
    expect(antonio).toEqual(new Set(['390622224444', '393332224444']))
    expect(candidates.map(({ id }) => id)).toEqual([9, 4])
  })

  test('the guide’s second test number stays unknown', () => {
    const unknown = new Set(phoneKeys('+39 123 456 7890', 'IT').map(({ key }) => key))
    for (const patient of demoPatients) {
      expect(keysOf(patient).isDisjointFrom(unknown)).toBe(true)
      for (const number of numbersOf(patient)) expect(number.replaceAll(/\D/g, '')).not.toContain('1234567890')
    }
  })
})

describe('the calls', () => {
  const keyOf = (number: string) => phoneKeys(number, 'IT')[0]?.key

  test('are of people and numbers there are, and never of those that stand in documentation', () => {
    const trying = ['+39 06 2222 4444', '+39 333 222 4444', '+39 347 555 0199', '+39 123 456 7890'].map(keyOf)
    const callers = demoCalls.flatMap(({ phone }) => phone ?? []).map(keyOf)
    expect(callers.filter((key) => key === undefined || trying.includes(key))).toEqual([])
    expect(demoCalls.filter(({ line }) => !lines.includes(keyOf(line)))).toEqual([])
    expect(
      demoCalls.flatMap(({ at: [first, then = first] }) => [first, then]).filter((name) => !(name in demoExtensions)),
    ).toEqual([])
    const addresses = demoPatients.map(({ email }) => email)
    expect(demoCalls.flatMap(({ linked }) => linked ?? []).filter((email) => !addresses.includes(email))).toEqual([])
  })

  test('no number of ours is a patient’s', () => {
    const patients = new Set(demoPatients.flatMap((patient) => [...keysOf(patient)]))
    expect(lines.filter((key) => patients.has(key!))).toEqual([])
  })

  const lines = [...demoNumbers.map(({ number }) => number), ...demoClinics.map(({ phone }) => phone)].map(keyOf)
})

test('clinics close on the holidays of the country and of their city', () => {
  const { holidays } = demoHours('MILANO', 2026)
  expect(holidays.map(({ day }) => day)).toEqual(holidays.map(({ day }) => day).toSorted())
  expect(holidays).toContainEqual({ day: '2026-04-06', label: 'Lunedì dell’Angelo' })
  expect(holidays).toContainEqual({ day: '2027-03-29', label: 'Lunedì dell’Angelo' })
  expect(holidays).toContainEqual({ day: '2026-12-07', label: 'Sant’Ambrogio' })
  expect(clinicHours.parse(demoHours('ROMA', 2026))).toBeTruthy()
})
