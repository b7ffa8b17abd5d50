import { z } from 'zod'
import { caseFilters, caseView, channels } from './cases.ts'
import { endpoint } from './endpoint.ts'
import { day, id, instant, instantOrDay, text } from './fields.ts'
import { statusCodes } from './lifecycle.ts'

export const countCases = endpoint({
  name: 'countCases',
  method: 'GET',
  path: '/api/cases/count',
  needs: 'cases:read',
  tag: 'Desk',
  summary: 'How many cases a filter finds, up to a bound',
  query: caseFilters,
  reply: z.object({
    count: z.int(),
    capped: z.boolean().meta({ description: 'There are more than counted.' }),
  }),
})

/** What a filter bar can offer, from the cases you may see. */
export const listCaseChoices = endpoint({
  name: 'listCaseChoices',
  method: 'GET',
  path: '/api/cases/choices',
  needs: 'cases:read',
  tag: 'Desk',
  summary: 'Campaign tags, origins, promotions and assignees in use',
  reply: z.object({
    dialer_campaign_tags: z.array(z.string()),
    origins: z.array(z.string()),
    promotions: z.array(z.string()),
    assigned_to: z.array(z.object({ value: z.string(), name: z.string() })),
  }),
})

const boardColumn = z.object({
  status: z.string(),
  count: z.int(),
  capped: z.boolean(),
  cases: z.array(caseView),
  next_cursor: z.string().nullable().meta({ description: 'For `listCases` with this status and the board’s order.' }),
})

export const getBoard = endpoint({
  name: 'getBoard',
  method: 'GET',
  path: '/api/cases/board',
  needs: 'cases:read',
  tag: 'Desk',
  summary: 'Cases by status: for each the count and the first thirty, those due first',
  query: caseFilters,
  reply: z.object({ columns: z.array(boardColumn) }),
})

export const getCalendar = endpoint({
  name: 'getCalendar',
  method: 'GET',
  path: '/api/cases/calendar',
  needs: 'cases:read',
  tag: 'Desk',
  summary: 'Follow-ups by day in each clinic’s zone: the count and the first cases of each day',
  query: caseFilters.extend({
    from: day,
    to: day.meta({ description: 'Exclusive; at most 42 days after `from`.' }),
    per_day: z.coerce.number().int().min(1).max(200).default(4),
  }),
  reply: z.object({ days: z.array(z.object({ day: z.string(), count: z.int(), cases: z.array(caseView) })) }),
})

export const exportCases = endpoint({
  name: 'exportCases',
  method: 'GET',
  path: '/api/cases/export',
  needs: 'cases:export',
  tag: 'Desk',
  summary: 'Exactly the filtered cases, as CSV',
  description:
    '`text/csv` in UTF-8 with BOM, streamed newest first, every cell in quotes: `;` between cells for `it` and `es`, `,` for ' +
    '`en`. A cell that begins with `=`, `+`, `-`, `@`, tab or a line’s end, as phone numbers do, gets one apostrophe in ' +
    'front, so that no spreadsheet runs it or takes its plus away; whoever reads the file takes one away.',
  query: caseFilters.extend({ locale: z.enum(['it', 'en', 'es']).default('it') }),
  reply: z.string(),
})

const bulkChange = z
  .strictObject({
    assigned_to: text(200).nullable().optional(),
    status: z.enum(statusCodes).optional(),
    status_reason: text(500).optional(),
    lost_reason: text(500).nullable().optional(),
    follow_up_date: instantOrDay.nullable().optional(),
    dialer_campaign_tag: text(200).nullable().optional(),
    channel: z.enum(channels).nullable().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'must change something')

const bulkBody = z.strictObject({
  ids: z.array(id).min(1).max(5_000).optional(),
  filter: caseFilters.optional().meta({ description: 'Instead of `ids`: all that it finds, up to 5,000.' }),
  change: bulkChange,
})
export type BulkBody = z.infer<typeof bulkBody>

const refusedRow = z.object({
  id,
  name: z.string(),
  code: z.string().meta({ description: 'Why not, e.g. `move_not_offered`, `follow_up_date_required`.' }),
})

export const previewBulk = endpoint({
  name: 'previewBulk',
  method: 'POST',
  path: '/api/cases/bulk/preview',
  needs: 'cases:bulk',
  tag: 'Desk',
  summary: 'What a change of many cases would do; changes nothing',
  body: bulkBody,
  reply: z.object({
    total: z.int(),
    changes: z.int(),
    unchanged: z.int(),
    refused: z.array(refusedRow),
    sample: z.array(z.object({ id, name: z.string(), from: z.record(z.string(), z.unknown()) })),
  }),
})

export const changeManyCases = endpoint({
  name: 'changeManyCases',
  method: 'POST',
  path: '/api/cases/bulk',
  needs: 'cases:bulk',
  tag: 'Desk',
  summary: 'Change many cases at once; rows that cannot be changed are listed, the rest proceeds',
  body: bulkBody,
  reply: z.object({ id: id.nullable(), changed: z.int(), unchanged: z.int(), refused: z.array(refusedRow) }),
  idempotent: true,
})

export const undoBulk = endpoint({
  name: 'undoBulk',
  method: 'POST',
  path: '/api/cases/bulk/:id/undo',
  needs: 'cases:bulk',
  tag: 'Desk',
  summary: 'Put back what a change of many cases changed, except cases that somebody changed since',
  params: z.object({ id }),
  reply: z.object({ restored: z.int(), skipped: z.array(refusedRow) }),
  errors: ['not_found', 'changed'],
})

const savedViewFields = z.strictObject({
  name: text(100).refine((value) => value.trim() !== '', 'must not be blank'),
  shape: z.enum(['table', 'board', 'calendar']),
  query: text(4_000).meta({ description: 'The filter bar as the address holds it.' }),
  shared: z.boolean(),
})

export const savedView = savedViewFields
  .extend({ id, owner: z.string(), mine: z.boolean(), version: z.int(), updated_at: instant })
  .meta({ id: 'SavedView' })
export type SavedView = z.infer<typeof savedView>

export const listViews = endpoint({
  name: 'listViews',
  method: 'GET',
  path: '/api/views',
  needs: 'signed_in',
  tag: 'Desk',
  summary: 'Your saved views and those shared with all',
  reply: z.object({ views: z.array(savedView) }),
})

export const createView = endpoint({
  name: 'createView',
  method: 'POST',
  path: '/api/views',
  needs: 'signed_in',
  tag: 'Desk',
  summary: 'Save a view; sharing it needs `views:share`',
  body: savedViewFields,
  reply: savedView,
  status: 201,
})

export const saveView = endpoint({
  name: 'saveView',
  method: 'PATCH',
  path: '/api/views/:id',
  needs: 'signed_in',
  tag: 'Desk',
  summary: 'Change a view of your own',
  params: z.object({ id }),
  body: savedViewFields.partial().extend({ version: z.int().optional() }),
  reply: savedView,
  errors: ['not_found', 'changed'],
})

export const deleteView = endpoint({
  name: 'deleteView',
  method: 'DELETE',
  path: '/api/views/:id',
  needs: 'signed_in',
  tag: 'Desk',
  summary: 'Delete a view of your own',
  params: z.object({ id }),
  reply: z.void(),
  status: 204,
  errors: ['not_found'],
})
