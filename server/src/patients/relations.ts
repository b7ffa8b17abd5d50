import type { RelationView, relationKinds } from '@clinicacrm/contract/patient-page.ts'
import { and, asc, eq, or, sql } from 'drizzle-orm'
import { AppError, wrongFields } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import type { Db } from '../db/client.ts'
import { refusingDuplicates } from '../db/errors.ts'
import { cases, patients, relations } from '../db/schema.ts'
import { publish } from '../live/live.ts'
import { type Actor, inTransaction, type Work } from '../work.ts'
import { ageOf, nameOf } from './person.ts'
import { casesOf, knownPatient, lockKnownPatient, lockPatient, patientById, visibleTo } from './queries.ts'

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

export type NewRelation = { other_id: string; kind: Kind; may_discuss: boolean; until?: string | null | undefined }

/** Writes on a patient's page who somebody is to them. */
export function addRelation(work: Work, id: string, relation: NewRelation): Promise<RelationView[]> {
  return inTransaction(work, async (inside) => {
    const { db, by } = inside
    const { other_id, kind, may_discuss, until = null } = relation
    await lockBoth(inside, id, other_id)
    const taken = 'They are related already: take that back first.'
    await refusingDuplicates(taken, () =>
      db.insert(relations).values({ patient_id: id, other_id, kind, may_discuss, until, created_by: by.actor }),
    )
    const after = { other_id, kind, may_discuss, until }
    await record(inside, { action: 'patient.relation_added', subject: 'patient', id, after })
    const seenByOther = { other_id: id, kind: inverse[kind], until }
    await record(inside, { action: 'patient.relation_added', subject: 'patient', id: other_id, after: seenByOther })
    await publishBoth(inside, id, other_id)
    return relationsOf(db, id, by)
  })
}

/** Takes back that two patients belong together, whatever was written of it on either page. */
export function removeRelation(work: Work, id: string, relationId: string): Promise<RelationView[]> {
  return inTransaction(work, async (inside) => {
    const { db, by } = inside
    await lockKnownPatient(inside, id)
    const relation = (await relationsOf(db, id, by)).find((one) => one.id === relationId)
    if (!relation) throw new AppError('not_found', 'The patient has no such relation.')
    const otherId = relation.other.id
    await db.delete(relations).where(or(between(id, otherId), between(otherId, id)))
    const { kind, may_discuss, until } = relation
    const before = { other_id: otherId, kind, may_discuss, until }
    await record(inside, { action: 'patient.relation_removed', subject: 'patient', id, before, after: gone })
    const seenByOther = { other_id: id, kind: inverse[kind], until }
    await record(inside, {
      action: 'patient.relation_removed',
      subject: 'patient',
      id: otherId,
      before: seenByOther,
      after: gone,
    })
    await publishBoth(inside, id, otherId)
    return relationsOf(db, id, by)
  })
}

const gone = { other_id: null, kind: null, until: null }

const between = (id: string, otherId: string) => and(eq(relations.patient_id, id), eq(relations.other_id, otherId))

/** In the order of their ids, so that two who relate the same pair the other way round wait instead of deadlocking. */
async function lockBoth(work: Work, id: string, otherId: string) {
  await knownPatient(work.db, id, work.by)
  if (otherId === id) throw wrongFields({ field: 'other_id', message: 'must be somebody else' })
  if (!(await patientById(work.db, otherId, work.by))) {
    throw wrongFields({ field: 'other_id', message: 'there is no patient with this id' })
  }
  for (const one of [id, otherId].toSorted((a, b) => Number(BigInt(a) - BigInt(b)))) await lockPatient(work, one)
}

async function publishBoth(work: Work, id: string, otherId: string) {
  for (const one of [id, otherId]) await publish(work, { kind: 'patient', id: one, patient_id: one, what: 'changed' })
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
