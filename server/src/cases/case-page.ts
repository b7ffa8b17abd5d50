import type { CasePage, DeletedCase } from '@clinicacrm/contract/case-page.ts'
import { moveBetween, type StatusCode, statusCodes } from '@clinicacrm/contract/lifecycle.ts'
import type { PatientView } from '@clinicacrm/contract/patients.ts'
import { AppError } from '../app-error.ts'
import { ageOf, consentsOf, numbersOf, patientById, possibleDuplicateOf, relationsOf } from '../patients/patients.ts'
import type { Work } from '../work.ts'
import { alertsOf } from './alerts.ts'
import { deletedCaseById, otherCasesOf, surroundingsOf } from './case-page-queries.ts'
import { noSuchCase, viewOf } from './cases.ts'
import { caseById, type CaseRow } from './queries.ts'
import { reasonOf } from './reason.ts'
import { timelineOf } from './timeline.ts'
import { viewersOf } from './watch.ts'

const firstEntries = 20

/** All that the cockpit shows: the case, then everything around it at once. */
export async function casePageOf(work: Work, id: string): Promise<CasePage> {
  const { db, by } = work
  const kase = await caseById(db, id, by)
  if (!kase) throw await refusalFor(work, id)
  const showsPatient = by.permissions?.has('patients:read') ?? true
  const isPerson = by.kind === 'user'
  const [patient, around, timeline, other_cases, viewers, family] = await Promise.all([
    patientById(db, kase.patient_id, by),
    surroundingsOf(db, kase, by),
    timelineOf(db, kase, by, { kind: 'all', place: null, limit: firstEntries }),
    otherCasesOf(db, kase, by),
    isPerson ? viewersOf(db, id, by.id!) : [],
    showsPatient ? familyOf(work, kase) : nothingOf(work, kase),
  ])
  // Deleted in this very moment.
  if (!patient) throw noSuchCase()
  const known = showsPatient ? patient : withoutDetails(patient)
  const { lastMoveAt, identityConfirmedAt } = around
  const { numbers, relations, consents, duplicateId } = family
  const isIdentityOpen = isPerson && by.permissions!.has('cases:write') && identityConfirmedAt === null
  const now = new Date()
  return {
    case: viewOf(kase, work),
    patient: known,
    clinic_zone: around.zone,
    age: ageOf(known.birth_date),
    numbers,
    reason: reasonOf(kase, around, now),
    alerts: alertsOf({ case: kase, patient: known, numbers, lastMoveAt, duplicateId, isIdentityOpen }, now),
    identity_confirmed_at: isPerson ? identityConfirmedAt : null,
    timeline: timeline.timeline,
    timeline_cursor: timeline.next_cursor,
    other_cases,
    relations,
    consents,
    viewers,
    offered_statuses: statusesAfter(kase.status as StatusCode),
  }
}

type Kase = NonNullable<CaseRow>

async function familyOf({ db, by, config }: Work, kase: Kase) {
  const [numbers, relations, consents, duplicateId] = await Promise.all([
    numbersOf(db, { ...kase, id: kase.patient_id }, by, config),
    relationsOf(db, kase.patient_id, by),
    consentsOf(db, kase.patient_id),
    possibleDuplicateOf(db, kase.patient_id, by),
  ])
  return { numbers, relations, consents, duplicateId }
}

/** For a key that may read cases and not patients: the numbers that the case itself shows, and nobody else. */
async function nothingOf({ db, config }: Work, kase: Kase): ReturnType<typeof familyOf> {
  const nobody = { actor: '', name: '', clinicIds: [] }
  const numbers = await numbersOf(db, { ...kase, id: kase.patient_id }, nobody, config)
  return { numbers, relations: [], consents: [], duplicateId: null }
}

/** That somebody must not be called concerns whoever may see how. */
const withoutDetails = (patient: PatientView): PatientView => ({
  ...patient,
  birth_date: null,
  language: null,
  contact_times: null,
  alert_text: null,
  do_not_contact_reason: null,
})

const statusesAfter = (status: StatusCode) =>
  statusCodes.filter((code) => code !== status).map((code) => ({ code, move: moveBetween(status, code) }))

/** Whoever could see a case before it was deleted is told so, and where to go on. */
async function refusalFor({ db, by }: Work, id: string): Promise<AppError> {
  const deleted = await deletedCaseById(db, id, by)
  if (!deleted) return noSuchCase()
  const others = await otherCasesOf(db, deleted, by)
  const details: DeletedCase = {
    deleted_at: deleted.deleted_at!,
    deleted_by: deleted.deleted_by ?? 'system',
    patient_id: deleted.is_patient_seen ? deleted.patient_id : null,
    other_cases: others.map(({ id: otherId, status, clinic }) => ({ id: otherId, status, clinic })),
  }
  return new AppError('case_deleted', 'This case was deleted.', details)
}
