import type { CaseView, CreateCase, SaveCase, SavedCase } from '@clinicacrm/contract/cases.ts'
import { eq, sql } from 'drizzle-orm'
import { AppError, wrongFields } from '../app-error.ts'
import { changesBetween, record } from '../audit/audit.ts'
import { clinicNamed, soleClinicOf } from '../clinics/clinics.ts'
import { cases, clinics } from '../db/schema.ts'
import { screenPopUrl } from '../http/links.ts'
import { publish } from '../live/live.ts'
import {
  insertPatient,
  lockPatient,
  patientById,
  phoneWarnings,
  requirePerson,
  updatePerson,
} from '../patients/patients.ts'
import { treatmentNamed } from '../treatments/treatments.ts'
import { inTransaction, type Work } from '../work.ts'
import { checkMove, checkStart, lostReasonAfter, recordMoves } from './moves.ts'
import { caseById, type CaseRow, noSuchCase } from './queries.ts'

export { addNote, markContact } from './notes.ts'
export { casesById, noSuchCase, visibleTo as casesVisibleTo } from './queries.ts'

const personFieldNames = ['first_name', 'last_name', 'phone', 'home_phone', 'cell_phone', 'email'] as const

/** Opens a case for a new person, or for the patient named by `patient_id`. */
export function createCase(work: Work, input: CreateCase): Promise<SavedCase> {
  return inTransaction(work, async (inside) => {
    const { person, fields } = split(input)
    checkStart(inside.by, fields)
    const { patient_id, created_at, clinic: clinicName, treatment, follow_up_date, ...plain } = blankIsNone(fields)
    const clinic = clinicName ? await clinicNamed(inside, clinicName) : await onlyClinic(inside)
    const patientId = patient_id
      ? await knownPatient(inside, patient_id, person)
      : await insertPatient(inside, requirePerson(person), clinic.id)
    const values = {
      ...definedOnly(plain),
      patient_id: patientId,
      clinic_id: clinic.id,
      treatment_id: treatment ? (await treatmentNamed(inside.db, treatment)).id : null,
      ...(created_at && { created_at }),
    }
    const [row] = await inside.db
      .insert(cases)
      .values({ ...values, follow_up_date: momentIn(clinic.zone, follow_up_date ?? null) })
      .returning({ id: cases.id })
    await record(inside, { action: 'case.created', subject: 'case', id: row!.id, after: { ...values, follow_up_date } })
    await tell(inside, { id: row!.id, patient_id: patientId, clinic_id: clinic.id }, 'created')
    return saved(inside, row!.id, person)
  })
}

/** Changes fields of a case, of its person, or both; `version` guards against a save in between. */
export function saveCase(work: Work, id: string, { version, status_reason, ...input }: SaveCase): Promise<SavedCase> {
  return inTransaction(work, async (inside) => {
    const { person, fields } = split(input)
    const before = await lockedCase(inside, id, version)
    checkMove(inside.by, before, { ...fields, status_reason })
    const { clinic: clinicName, treatment: treatmentName, follow_up_date, ...named } = blankIsNone(fields)
    const plain = { ...named, lost_reason: lostReasonAfter(before, named) }
    const clinic = clinicName ? await clinicNamed(inside, clinicName) : null
    const treatment = treatmentName ? await treatmentNamed(inside.db, treatmentName) : null
    // Compared by the names they are known by, so that a code for the same treatment changes nothing.
    const shown = treatmentName === undefined ? undefined : (treatment?.name ?? null)
    const written = definedOnly({ ...plain, clinic: clinic?.name, treatment: shown, follow_up_date })
    const changed = Object.keys(changesBetween(before, written)).length > 0
    const personChanged = await updatePerson(inside, before.patient_id, before, person)
    if (changed || personChanged) {
      await inside.db
        .update(cases)
        .set({
          ...definedOnly({
            ...plain,
            clinic_id: clinic?.id,
            treatment_id: shown === undefined ? undefined : (treatment?.id ?? null),
          }),
          ...(follow_up_date !== undefined && {
            follow_up_date: momentIn(clinic?.zone ?? (await zoneOf(inside, before.clinic_id)), follow_up_date),
          }),
          updated_at: sql`now()`,
          version: sql`${cases.version} + 1`,
        })
        .where(eq(cases.id, id))
      await tell(inside, before, 'changed')
      // Whoever sees only the new clinic has never heard of the case.
      if (clinic && clinic.id !== before.clinic_id) await tell(inside, { ...before, clinic_id: clinic.id }, 'changed')
    }
    if (changed) await record(inside, { action: 'case.changed', subject: 'case', id, before, after: written })
    if (plain.status !== undefined && plain.status !== before.status) {
      const move = { case_id: id, from_status: before.status, to_status: plain.status }
      await recordMoves(inside, [move], status_reason)
    }
    return saved(inside, id, person)
  })
}

/** Takes a case out of lists and lookups. The row and its trace stay: deleting is a decision about showing. */
export function deleteCase(work: Work, id: string, version: number | undefined): Promise<void> {
  return inTransaction(work, async (inside) => {
    const before = await lockedCase(inside, id, version)
    await inside.db
      .update(cases)
      .set({ deleted_at: sql`now()`, updated_at: sql`now()`, version: sql`${cases.version} + 1` })
      .where(eq(cases.id, id))
    await record(inside, { action: 'case.deleted', subject: 'case', id })
    await tell(inside, before, 'deleted')
  })
}

/** The case as callers see it. */
export function viewOf(row: NonNullable<CaseRow>, { config }: Pick<Work, 'config'>): CaseView {
  return { ...row, screen_pop_url: screenPopUrl(config, config.defaultLocale, row.id) }
}

/** The case, locked until the transaction ends; refused when somebody saved since `version`. */
async function lockedCase(work: Work, id: string, version: number | undefined): Promise<NonNullable<CaseRow>> {
  const seen = await caseById(work.db, id, work.by)
  if (!seen) throw noSuchCase()
  // Patient first, then case: every writer takes the two locks in this order.
  await lockPatient(work, seen.patient_id)
  await work.db.select({ id: cases.id }).from(cases).where(eq(cases.id, id)).for('update')
  const current = await caseById(work.db, id, work.by)
  if (!current) throw noSuchCase()
  if (version !== undefined && version !== current.version) {
    throw new AppError('case_changed', 'Somebody saved this case in between.', { current: viewOf(current, work) })
  }
  return current
}

async function knownPatient(work: Work, id: string, person: object): Promise<string> {
  const [extra] = Object.keys(person)
  if (extra) {
    throw wrongFields({ field: extra, message: 'leave the person out when patient_id names a known patient' })
  }
  if (await patientById(work.db, id, work.by)) return id
  throw wrongFields({ field: 'patient_id', message: 'there is no patient with this id' })
}

async function onlyClinic(work: Work) {
  const clinic = await soleClinicOf(work)
  if (clinic) return clinic
  const message = 'is required, as there is not exactly one clinic'
  throw wrongFields({ field: 'clinic', message })
}

async function zoneOf({ db }: Work, clinicId: string) {
  const [clinic] = await db.select({ zone: clinics.zone }).from(clinics).where(eq(clinics.id, clinicId))
  return clinic!.zone
}

/** Tells open pages: a case was created, changed or deleted. */
const tell = (work: Work, kase: { id: string; patient_id: string; clinic_id: string }, what: string) =>
  publish(work, {
    kind: 'case',
    id: kase.id,
    case_id: kase.id,
    patient_id: kase.patient_id,
    clinic_id: kase.clinic_id,
    what,
  })

/** A day alone is its first moment in the clinic's zone. */
function momentIn(zone: string, dayOrInstant: string | null) {
  const isDay = dayOrInstant?.length === 'YYYY-MM-DD'.length
  return isDay ? sql`${dayOrInstant}::timestamp at time zone ${zone}` : dayOrInstant
}

function split<T extends CreateCase | SaveCase>(input: T) {
  const person = Object.fromEntries(
    personFieldNames.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]),
  )
  const fields = Object.fromEntries(
    Object.entries(input).filter(([name]) => !(personFieldNames as readonly string[]).includes(name)),
  )
  return {
    person: person as Partial<Pick<T, (typeof personFieldNames)[number]>>,
    fields: fields as Omit<T, (typeof personFieldNames)[number]>,
  }
}

/** A form sends an emptied field as blank text: it says nothing, and so is none. */
function blankIsNone<T extends object>(fields: T): T {
  const none = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value)
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, none(value)])) as T
}

const definedOnly = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }

async function saved(work: Work, id: string, person: Parameters<typeof phoneWarnings>[0]): Promise<SavedCase> {
  const row = await caseById(work.db, id, work.by)
  return { ...viewOf(row!, work), warnings: phoneWarnings(person, work.config) }
}
