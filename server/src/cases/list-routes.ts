import * as contract from '@clinicacrm/contract/case-lists.ts'
import { listCases } from '@clinicacrm/contract/cases.ts'
import { Answer } from '../http/answer.ts'
import type { Caller } from '../http/caller.ts'
import { type App, serve } from '../http/serve.ts'
import { boardOf } from './board.ts'
import { calendarOf } from './calendar.ts'
import { viewOf } from './cases.ts'
import { choicesFor } from './choices.ts'
import { fileName } from './csv.ts'
import { exportOf, type House } from './export.ts'
import { boundedCount, pageOfCases } from './lists.ts'
import type { CaseRow } from './queries.ts'

export function caseListRoutes(app: App, house: House) {
  /** The cases as callers see them, each disclosed. */
  function listed(rows: NonNullable<CaseRow>[], { actor }: Caller) {
    for (const { id, patient_id } of rows) {
      house.disclosures.record({ actor, action: 'case.listed', case_id: id, patient_id })
    }
    return rows.map((row) => viewOf(row, house))
  }

  serve(app, listCases, async ({ query, db }, by) => {
    const { order, cursor, limit, ...filters } = query
    const { rows, next_cursor } = await pageOfCases(db, by, filters, { order, cursor, limit })
    return { cases: listed(rows, by), next_cursor }
  })
  serve(app, contract.countCases, ({ query, db }, by) => boundedCount(db, by, query))
  serve(app, contract.listCaseChoices, ({ db }, by) => choicesFor(db, by))
  serve(app, contract.getBoard, async ({ query, db }, by) => {
    const columns = await boardOf(db, by, query)
    return { columns: columns.map(({ rows, ...column }) => ({ ...column, cases: listed(rows, by) })) }
  })
  serve(app, contract.getCalendar, async ({ query, db }, by) => {
    const { from, to, per_day, ...filters } = query
    const days = await calendarOf(db, by, filters, { from, to, per_day })
    return { days: days.map(({ rows, ...day }) => ({ ...day, cases: listed(rows, by) })) }
  })
  serve(app, contract.exportCases, async ({ query, db }, by, request) => {
    const { locale, ...filters } = query
    const name = fileName(locale, new Date().toISOString().slice(0, 10))
    const headers = { 'content-disposition': `attachment; filename="${name}"` }
    // Asking for the head alone shows nobody.
    const body = request.method === 'HEAD' ? '' : await exportOf({ work: { ...house, db, by }, house, filters, locale })
    return new Answer(200, body, 'text/csv; charset=utf-8', [], headers)
  })
}
