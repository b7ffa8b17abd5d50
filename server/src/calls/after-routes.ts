import {
  createCallback as create,
  getWallboard,
  listCallbacks,
  nextSlot,
  saveCallback as save,
  tryCallback as attempt,
} from '@clinicacrm/contract/callbacks.ts'
import { getRecording, previewRelink, relinkCalls as relink } from '@clinicacrm/contract/call-log.ts'
import { getWrapUpDraft, saveWrapUpDraft, wrapUpCall as wrapUp } from '@clinicacrm/contract/wrap-up.ts'
import { getClinicHours, saveClinicHours } from '@clinicacrm/contract/clinic-hours.ts'
import type { Disclosures } from '../audit/disclosures.ts'
import type { Caller } from '../http/caller.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { callbackPlace, countOfCallbacks, cursorAfter, pageOfCallbacks } from './after-queries.ts'
import { createCallback, saveCallback, tryCallback } from './callback-changes.ts'
import { callbackViews } from './callback-view.ts'
import { hoursOfOwn, saveHours } from './clinic-hours.ts'
import { draftOf, saveDraft } from './drafts.ts'
import { nextSlotFrom } from './hours.ts'
import { viewOfCall } from './queries.ts'
import { recordingOf } from './recording.ts'
import { relinkCalls, unlinkCalls, unlinkedCallsOf } from './relink.ts'
import { wallboardOf } from './wallboard.ts'
import { wrapUpCall } from './wrap-up.ts'

type House = Pick<Work, 'config'> & { disclosures: Disclosures }

/** Everything after the ring: what a call came to, who waits to be called back, how the day goes. */
export function callAfterRoutes(app: App, house: House) {
  serve(app, wrapUp, ({ params, body, db }, by) => wrapUpCall({ ...house, db, by }, params.id, body))
  serve(app, saveWrapUpDraft, ({ params, body, db }, by) => saveDraft({ db, by }, params.id, body))
  serve(app, getWrapUpDraft, ({ params, db }, by) => draftOf({ db, by }, params.id))
  serve(app, getRecording, ({ params, db }, by) => recordingOf({ ...house, db, by }, params.id))
  serve(app, previewRelink, async ({ params, db }, by) => {
    return { calls: (await unlinkedCallsOf({ db, by }, params.id)).map(viewOfCall) }
  })
  serve(app, relink, ({ params, body: { call_ids, undo }, db }, by) =>
    (undo ? unlinkCalls : relinkCalls)({ ...house, db, by }, params.id, call_ids),
  )
  serve(app, getClinicHours, async ({ params, db }, by) => (await hoursOfOwn(db, params.id, by)).hours)
  serve(app, saveClinicHours, ({ params, body, db }, by) => saveHours({ ...house, db, by }, params.id, body))
  serve(app, nextSlot, async ({ params, query, db }, by) => {
    const { hours, zone } = await hoursOfOwn(db, params.id, by)
    const { at, ...rest } = nextSlotFrom(new Date(query.at), hours, zone)
    return { at: at.toISOString(), ...rest }
  })
  serve(app, getWallboard, ({ query, db }, by) => wallboardOf(db, by, query.clinic))
  callbackRoutes(app, house)
}

function callbackRoutes(app: App, house: House) {
  serve(app, listCallbacks, async ({ query: { cursor, limit, assigned_to, ...rest }, db }, by) => {
    const asked = { ...rest, assigned_to: whoseOf(assigned_to, by) }
    const [found, count] = await Promise.all([
      pageOfCallbacks(db, by, asked, { place: callbackPlace(cursor), limit }),
      countOfCallbacks(db, by, asked),
    ])
    const shown = found.slice(0, limit)
    const callbacks = await callbackViews({ ...house, db, by }, shown)
    for (const { patient_id, case_id } of callbacks) {
      if (!patient_id) continue
      house.disclosures.record({ actor: by.actor, action: 'patient.listed', patient_id, case_id, profile: 'match' })
    }
    return { callbacks, count, next_cursor: found.length > limit ? cursorAfter(shown.at(-1)!) : null }
  })
  serve(app, create, ({ body, db }, by) => createCallback({ ...house, db, by }, body))
  serve(app, save, ({ params, body, db }, by) => saveCallback({ ...house, db, by }, params.id, body))
  serve(app, attempt, ({ params, body, db }, by) => tryCallback({ ...house, db, by }, params.id, body))
}

/** Whose callbacks are asked for: an e-mail address, nobody's (null), or everybody's. */
function whoseOf(asked: string | undefined, by: Caller): string | null | undefined {
  if (asked === 'nobody') return null
  if (asked === 'me') return by.kind === 'user' ? by.email : null
  return asked
}
