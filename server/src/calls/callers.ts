import type { CallerView } from '@clinicacrm/contract/calls.ts'
import { sql } from 'drizzle-orm'
import { isoInstant } from '../db/columns.ts'
import type { Db } from '../db/client.ts'
import { ageOf, nameOf } from '../patients/patients.ts'
import type { Actor } from '../work.ts'

type Row = {
  patient_id: string
  first_name: string
  last_name: string
  birth_date: string | null
  label: string | null
  relation: string | null
  case_id: string | null
  case_count: number
  status: string | null
  clinic: string | null
  follow_up_date: string | null
  is_last_chosen: boolean
}

const most = 10

/**
 * The people behind a number, as far as the actor may see them: who it was the last time first, then by their newest
 * case. By `phone_keys`' primary key and `cases_of_patient`.
 */
export async function callersOf(db: Db, phoneKey: string | null, by: Actor): Promise<CallerView[]> {
  if (phoneKey === null) return []
  const clinics = by.clinicIds ? sql`${sql.param([...by.clinicIds])}::bigint[]` : sql`null::bigint[]`
  const { rows } = await db.execute<Row>(sql`
    with last_chosen as (
      select patient_id from calls where phone_key = ${phoneKey} and match = 'linked' and patient_id is not null
       order by started_at desc limit 1)
    select p.id::text as patient_id, p.first_name, p.last_name, p.birth_date::text, f.label, null as relation,
           c.id::text as case_id, coalesce(c.total, 0)::int as case_count, c.status, c.clinic, c.follow_up_date::text,
           p.id is not distinct from (select patient_id from last_chosen) as is_last_chosen
      from phone_keys k
      join patients p on p.id = k.patient_id
      left join phone_facts f on f.patient_id = p.id and f.key = k.key
      left join lateral (
        select c.id, c.status, c.follow_up_date, c.created_at, cl.name as clinic, count(*) over () as total
          from cases c join clinics cl on cl.id = c.clinic_id
         where c.patient_id = p.id and c.deleted_at is null and (${clinics} is null or c.clinic_id = any (${clinics}))
         order by c.created_at desc, c.id desc limit 1) c on true
     where k.key = ${phoneKey} and (${clinics} is null or c.id is not null or p.clinic_id = any (${clinics}))
     order by is_last_chosen desc, f.wrong_at nulls first, c.created_at desc nulls last, p.id desc
     limit ${most}`)
  return withRelations(db, rows.map(shown))
}

const shown = (row: Row): CallerView => ({
  patient_id: row.patient_id,
  name: nameOf(row),
  age: ageOf(row.birth_date),
  label: row.label,
  relation: row.relation,
  case_id: row.case_id,
  case_count: row.case_count,
  status: row.status,
  clinic: row.clinic,
  follow_up_date: row.follow_up_date && isoInstant(row.follow_up_date),
  is_last_chosen: row.is_last_chosen,
})

/** How each belongs to the first one: mother, son, carer. */
async function withRelations(db: Db, callers: CallerView[]): Promise<CallerView[]> {
  const [first, ...others] = callers
  if (!first || others.length === 0) return callers
  const ids = others.map(({ patient_id }) => patient_id)
  const { rows } = await db.execute<{ other_id: string; kind: string }>(sql`
    select other_id::text, kind from relations
     where patient_id = ${first.patient_id} and other_id = any (${sql.param(ids)}::bigint[])`)
  const kinds = new Map(rows.map(({ other_id, kind }) => [other_id, kind]))
  return callers.map((caller) => ({ ...caller, relation: kinds.get(caller.patient_id) ?? null }))
}
