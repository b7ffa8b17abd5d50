import {
  type CasePage,
  confirmIdentity as confirm,
  type DeletedCase,
  getCasePage,
  listTimeline,
  revealCase,
  watchCase as watch,
} from '@clinicacrm/contract/case-page.ts'
import { editNote as edit, listNoteVersions } from '@clinicacrm/contract/notes.ts'
import { AppError } from '../app-error.ts'
import type { Disclosures } from '../audit/disclosures.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { casePageOf } from './case-page.ts'
import { noSuchCase } from './cases.ts'
import { confirmIdentity } from './identity.ts'
import { versionsOf } from './notes-queries.ts'
import { editNote, knownNote } from './notes.ts'
import { caseById } from './queries.ts'
import { timelineOf, timelinePlace } from './timeline.ts'
import { watchCase } from './watch.ts'

type House = Pick<Work, 'config'> & { disclosures: Disclosures }

/** What the case page asks. */
export function casePageRoutes(app: App, house: House) {
  const readingNotes = ({ id, patient_id }: { id: string; patient_id: string }, { actor }: { actor: string }) =>
    house.disclosures.record({ actor, action: 'notes.read', case_id: id, patient_id })

  serve(app, getCasePage, ({ params, db }, by) => showCasePage({ ...house, db, by }, params.id))
  serve(app, listTimeline, async ({ params, query, db }, by) => {
    const { kind, limit, cursor } = query
    const place = timelinePlace(cursor)
    const kase = await caseById(db, params.id, by)
    if (!kase) throw noSuchCase()
    readingNotes(kase, by)
    return timelineOf(db, kase, by, { kind, place, limit })
  })
  serve(app, confirm, ({ params, body, db }, by) => confirmIdentity({ ...house, db, by }, params.id, body.facts))
  serve(app, revealCase, async ({ params, db }, by) => {
    const kase = await caseById(db, params.id, by)
    if (!kase) throw noSuchCase()
    house.disclosures.record({
      actor: by.actor,
      action: 'case.revealed',
      case_id: params.id,
      patient_id: kase.patient_id,
    })
  })
  serve(app, watch, async ({ params, body, db }, by) => ({
    viewers: await watchCase({ ...house, db, by }, params.id, body),
  }))
  serve(app, edit, ({ params, body, db }, by) => editNote({ ...house, db, by }, params.id, params.note_id, body))
  serve(app, listNoteVersions, async ({ params, db }, by) => {
    readingNotes(await knownNote({ db, by }, params.id, params.note_id), by)
    return { versions: await versionsOf(db, params.note_id) }
  })
}

/** The page with its trace: the case was read, and the patient's other cases, or those of a deleted one, were listed. */
export async function showCasePage(work: Work & { disclosures: Disclosures }, id: string): Promise<CasePage> {
  const { disclosures, by } = work
  const listed = (patient_id: string, cases: { id: string }[]) => {
    for (const other of cases)
      disclosures.record({ actor: by.actor, action: 'case.listed', case_id: other.id, patient_id })
  }
  try {
    const page = await casePageOf(work, id)
    const { patient_id } = page.case
    disclosures.record({ actor: by.actor, action: 'case.read', case_id: id, patient_id })
    listed(patient_id, page.other_cases)
    return page
  } catch (error) {
    if (error instanceof AppError && error.code === 'case_deleted') {
      const { patient_id, other_cases } = error.details as DeletedCase
      if (patient_id !== null) listed(patient_id, other_cases)
    }
    throw error
  }
}
