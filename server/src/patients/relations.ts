import type { RelationView, relationKinds } from '@clinicacrm/contract/patient-page.ts'
import { and, asc, eq, or, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { cases, patients, relations } from '../db/schema.ts'
import type { Actor } from '../work.ts'
import { ageOf, nameOf } from './person.ts'
import { casesOf, visibleTo } from './queries.ts'

type Kind = (typeof relationKinds)[number]

/** What the first is to the second, when the second is this to the first. */
const inverse: Record<Kind, Kind> = {
  spouse: 'spouse',
  parent: 'child',
  child: 'parent',
  sibling: 'sibling',
  grandparent: 'grandchild',
  grandchild: 'grandparent',
  // Whoever is cared for is no kind of their own.
  carer: 'other',
  guardian: 'other',
  friend: 'friend',
  other: 'other',
  not_same_person: 'not_same_person',
}

/**
 * Who belongs to a patient, seen from them, whichever page it was written on. What this patient's page says of somebody
 * goes before what theirs says, and only it can let them be told: consent does not go both ways.
 */
export async function relationsOf(db: Db, patientId: string, by: Actor): Promise<RelationView[]> {
  const rows = await rowsOf(db, patientId, by)
  const own = new Set(rows.filter((row) => row.patient_id === patientId).map((row) => row.other_id))
  return rows
    .filter((row) => row.patient_id === patientId || !own.has(row.patient_id))
    .map((row) => {
      const isOwn = row.patient_id === patientId
      const { id, kind, until, birth_date, latest_case_id } = row
      return {
        id,
        other: {
          id: isOwn ? row.other_id : row.patient_id,
          name: nameOf(row),
          age: ageOf(birth_date),
          latest_case_id,
        },
        kind: isOwn ? (kind as Kind) : inverse[kind as Kind],
        may_discuss: isOwn && row.may_discuss && !row.ended,
        until,
      }
    })
}

/** By the indexes on either side; the other must be somebody whom the actor may see. */
function rowsOf(db: Db, patientId: string, by: Actor) {
  return db
    .select({
      id: relations.id,
      patient_id: relations.patient_id,
      other_id: relations.other_id,
      kind: relations.kind,
      may_discuss: relations.may_discuss,
      until: relations.until,
      ended: sql<boolean>`coalesce(${relations.until} < current_date, false)`,
      first_name: patients.first_name,
      last_name: patients.last_name,
      birth_date: patients.birth_date,
      latest_case_id: sql<string | null>`(select ${cases.id}::text from ${cases}
        where ${cases.patient_id} = ${patients.id} and ${casesOf(by)}
        order by ${cases.created_at} desc, ${cases.id} desc limit 1)`,
    })
    .from(relations)
    .innerJoin(
      patients,
      sql`${patients.id} = case when ${relations.patient_id} = ${patientId} then ${relations.other_id} else ${relations.patient_id} end`,
    )
    .where(and(or(eq(relations.patient_id, patientId), eq(relations.other_id, patientId)), visibleTo(by)))
    .orderBy(asc(relations.id))
}
