import { getCall, linkCall as link, listCalls } from '@clinicacrm/contract/call-log.ts'
import { recordCallEvent, reportMyCall } from '@clinicacrm/contract/calls.ts'
import { getPop, listPops, markPop as mark, resolvePop } from '@clinicacrm/contract/pops.ts'
import { AppError } from '../app-error.ts'
import type { Disclosures } from '../audit/disclosures.ts'
import { page, positionOf } from '../db/pages.ts'
import type { Caller } from '../http/caller.ts'
import { type App, serve } from '../http/serve.ts'
import type { Lookup } from '../lookup/lookup.ts'
import type { Work } from '../work.ts'
import type { Deliveries } from './deliveries.ts'
import { linkCall } from './link.ts'
import { eventsOfCall, noteOnCall, pageOfCalls } from './log.ts'
import { recordOwnCall } from './own.ts'
import { isSandbox, sandboxReply } from './sandbox.ts'
import { markPop, popById, popsOf } from './pops.ts'
import { callById, type ShownCall, viewOfCall } from './queries.ts'
import { recordCall } from './record.ts'
import { resolve } from './resolve.ts'

export type CallHouse = Pick<Work, 'config'> & { disclosures: Disclosures; lookup: Lookup; deliveries: Deliveries }

/** A call's event and a handful of ids need no more. */
const bodyLimit = 32 * 1024

export function callRoutes(app: App, house: CallHouse) {
  /** A call names whoever it was with. */
  const disclosed = (rows: ShownCall[], { actor }: Caller) => {
    for (const { call, is_patient_known } of rows) {
      if (!call.patient_id || !is_patient_known) continue
      const about = { case_id: call.case_id, patient_id: call.patient_id }
      house.disclosures.record({ actor, action: 'patient.listed', ...about, profile: 'match' })
    }
  }

  serve(
    app,
    recordCallEvent,
    async ({ body, db }, by, request) => {
      const { provider, call_id, from: phone } = body
      request.noted = { provider, call_id, phone, said: { body: JSON.stringify(body) } }
      const { defaultCountry } = house.config
      const reply = isSandbox(by) ? sandboxReply(body, defaultCountry) : await recordCall({ ...house, db, by }, body)
      request.noted.verdict = reply.match
      return reply
    },
    { bodyLimit },
  )
  serve(
    app,
    reportMyCall,
    ({ body, db }, by) => {
      if (by.kind !== 'user') throw new AppError('forbidden', 'Only a person has calls of their own.')
      return recordOwnCall({ ...house, db, by }, body)
    },
    { bodyLimit },
  )
  serve(app, listPops, async ({ db }, by) => ({ pops: await popsOf({ ...house, db, by }) }))
  serve(app, resolvePop, ({ query, db }, by) => resolve({ ...house, db, by }, query))
  serve(app, getPop, ({ params, db }, by) => popById({ ...house, db, by }, params.id))
  serve(app, mark, ({ params, body, db }, by) => markPop({ db, by }, params.id, body))
  serve(app, link, ({ params, body, db }, by) => linkCall({ ...house, db, by }, params.id, body))
  serve(app, listCalls, async ({ query, db }, by) => {
    const { cursor, limit, ...filters } = query
    const found = await pageOfCalls(db, by, { filters, position: positionOf(cursor), limit })
    const placed = found.map((row) => ({ row, created_at: row.call.started_at, id: row.call.id }))
    const { rows, next_cursor } = page(placed, limit)
    disclosed(
      rows.map(({ row }) => row),
      by,
    )
    return { calls: rows.map(({ row }) => viewOfCall(row)), next_cursor }
  })
  serve(app, getCall, async ({ params, db }, by) => {
    const call = await callById(db, params.id, by)
    if (!call) throw new AppError('not_found', 'There is no call with this id.')
    disclosed([call], by)
    const [events, note] = await Promise.all([eventsOfCall(db, params.id), noteOnCall(db, params.id)])
    return { ...viewOfCall(call), events, note: call.is_patient_known || !call.call.patient_id ? note : null }
  })
}
