import type { CaseFilters } from '@clinicacrm/contract/cases.ts'
import { lifecycle, type StatusClass, statusCodes } from '@clinicacrm/contract/lifecycle.ts'
import { and, desc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Db } from '../db/client.ts'
import { after, type Position } from '../db/pages.ts'
import { cases, clinics, notes, patients, treatments } from '../db/schema.ts'
import { matchesPerson } from '../patients/patients.ts'
import type { Actor } from '../work.ts'

const columns = {
  id: cases.id,
  patient_id: cases.patient_id,
  first_name: patients.first_name,
  last_name: patients.last_name,
  phone: patients.phone,
  home_phone: patients.home_phone,
  cell_phone: patients.cell_phone,
  email: patients.email,
  clinic: clinics.name,
  clinic_id: cases.clinic_id,
  treatment: treatments.name,
  channel: cases.channel,
  origin: cases.origin,
  status: cases.status,
  disposition: cases.disposition,
  outcome: cases.outcome,
  promotion: cases.promotion,
  follow_up_date: cases.follow_up_date,
  follow_up_reason: cases.follow_up_reason,
  dialer_campaign_tag: cases.dialer_campaign_tag,
  assigned_to: cases.assigned_to,
  lost_reason: cases.lost_reason,
  last_contact_at: cases.last_contact_at,
  created_at: cases.created_at,
  updated_at: cases.updated_at,
  version: cases.version,
}

const from = (db: Db) =>
  db
    .select(columns)
    .from(cases)
    .innerJoin(patients, eq(patients.id, cases.patient_id))
    .innerJoin(clinics, eq(clinics.id, cases.clinic_id))
    .leftJoin(treatments, eq(treatments.id, cases.treatment_id))
    .$dynamic()

export type CaseRow = Awaited<ReturnType<typeof caseById>>

/** One case by primary key, if it is alive and the actor's. */
export async function caseById(db: Db, id: string, by: Actor) {
  const [found] = await from(db).where(and(eq(cases.id, id), visibleTo(by)))
  return found ?? null
}

/** A page of cases, newest first, by the index on `created_at, id`; a search by the trigram index of patients. */
export function pageOfCases(
  db: Db,
  by: Actor,
  filters: CaseFilters,
  page: { position: Position | null; limit: number },
) {
  return from(db)
    .where(and(visibleTo(by), ...conditions(filters), after(cases, page.position)))
    .orderBy(desc(cases.created_at), desc(cases.id))
    .limit(page.limit + 1)
}

/** Newest first, by the index on `case_id, created_at, id`. */
export function notesOf(db: Db, caseId: string) {
  return db.select().from(notes).where(eq(notes.case_id, caseId)).orderBy(desc(notes.created_at), desc(notes.id))
}

const visibleTo = ({ clinicIds }: Actor): SQL | undefined =>
  and(isNull(cases.deleted_at), clinicIds ? inArray(cases.clinic_id, [...clinicIds]) : undefined)

function conditions(filters: CaseFilters): (SQL | undefined)[] {
  const { search, clinic, treatment, assigned_to } = filters
  return [
    search?.trim() ? searched(search.trim()) : undefined,
    oneOf(cases.status, filters.status),
    oneOf(cases.status, filters.class && statusesIn(filters.class)),
    oneOf(cases.channel, filters.channel),
    oneOf(cases.dialer_campaign_tag, filters.dialer_campaign_tag),
    assigned_to &&
      or(
        oneOf(cases.assigned_to, assigned_to.filter(Boolean)),
        assigned_to.includes('') ? isNull(cases.assigned_to) : undefined,
      ),
    filters.patient_id ? eq(cases.patient_id, filters.patient_id) : undefined,
    clinic && named(clinics, clinic),
    treatment && named(treatments, treatment),
    filters.created_from ? gte(cases.created_at, filters.created_from) : undefined,
    filters.created_to ? lt(cases.created_at, filters.created_to) : undefined,
    filters.follow_up_from ? gte(cases.follow_up_date, filters.follow_up_from) : undefined,
    filters.follow_up_to ? lt(cases.follow_up_date, filters.follow_up_to) : undefined,
  ]
}

const oneOf = (column: PgColumn, values: readonly string[] | undefined) => values && inArray(column, [...values])

const statusesIn = (classes: readonly StatusClass[]) => statusCodes.filter((code) => classes.includes(lifecycle[code]))

/** By name or code, whatever the case of the letters. */
function named(table: typeof clinics | typeof treatments, names: readonly string[]) {
  const wanted = names.map((name) => name.trim().toLowerCase())
  return or(inArray(sql`lower(${table.name})`, wanted), inArray(sql`lower(${table.code})`, wanted))
}

/** `#9` or `9` is also a case's number. */
function searched(search: string) {
  const number = /^#?([1-9]\d{0,17})$/.exec(search)?.[1]
  return or(matchesPerson(search), number ? eq(cases.id, number) : undefined)
}
