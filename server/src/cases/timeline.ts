import type { TimelineEntry } from '@clinicacrm/contract/case-page.ts'
import { caseFields } from '@clinicacrm/contract/cases.ts'
import { patientDetails, personFields } from '@clinicacrm/contract/patients.ts'
import { wrongFields } from '../app-error.ts'
import { isoInstant } from '../db/columns.ts'
import type { Db } from '../db/client.ts'
import type { Actor } from '../work.ts'
import { type HappenedRow, happenedTo, type TimelinePlace } from './timeline-queries.ts'

export type TimelineKind = 'all' | 'notes' | 'changes'
type Page = { kind: TimelineKind; place: TimelinePlace | null; limit: number }
type Shown = { timeline: TimelineEntry[]; next_cursor: string | null }

/** What happened to a case and its patient, newest first; whether the case may be seen is asked before. */
export async function timelineOf(
  db: Db,
  kase: { id: string; patient_id: string },
  by: Actor,
  { kind, place, limit }: Page,
): Promise<Shown> {
  // A key that may not read patients learns nothing of them here.
  const showsPatient = by.permissions?.has('patients:read') ?? true
  const rows = await happenedTo(
    db,
    kase,
    {
      notes: kind !== 'changes',
      changes: kind !== 'notes',
      calls: kind === 'all' && (by.permissions?.has('calls:read') ?? true),
      showsPatient,
    },
    {
      place,
      limit: limit + 1,
    },
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    timeline: shown.map((row) => entryFrom(row, kase.id)),
    next_cursor: rows.length > limit && last ? cursorAt(last) : null,
  }
}

function entryFrom(row: HappenedRow, caseId: string): TimelineEntry {
  const { source, id, actor, reason, call } = row
  const at = isoInstant(row.at)
  const note = source === 'note' ? noteFrom(row, caseId) : null
  return { id: `${source}-${id}`, at, actor, kind: kindOf(row), changes: changesOf(row), reason, note, call }
}

function noteFrom({ id, actor, at, note }: HappenedRow, caseId: string): TimelineEntry['note'] {
  const { author_id, body, mentions, edited_at, version } = note!
  return {
    id,
    case_id: caseId,
    author: actor,
    author_id,
    body,
    mentions,
    created_at: isoInstant(at),
    edited_at: edited_at && isoInstant(edited_at),
    version,
  }
}

function kindOf({ source, action, changes }: HappenedRow): TimelineEntry['kind'] {
  if (source === 'note' || source === 'call') return source
  if (action === 'case.changed') return changes?.status ? 'status' : 'case_changed'
  const known: Record<string, TimelineEntry['kind']> = {
    'case.created': 'case_created',
    'case.deleted': 'case_deleted',
    'patient.changed': 'patient_changed',
    'identity.confirmed': 'identity',
  }
  return known[action] ?? (action.startsWith('patient.consent_') ? 'consent' : 'other')
}

/** Traces also hold ids and what belongs to others; shown is what the page itself shows, in its order. */
const shownFields: string[] = [
  ...Object.keys({ ...personFields.shape, ...patientDetails.shape }),
  // Of an identity, a consent, a number and a relation.
  'facts',
  'purpose',
  ...Object.keys(caseFields.shape),
  'state',
  'text_version',
  'evidence',
  'label',
  'verified_at',
  'wrong_at',
  'kind',
  'may_discuss',
  'until',
]

/** Traces say that a number was found right or wrong; the page knows since when. */
const tracedAs: Record<string, string> = { verified_at: 'verified', wrong_at: 'wrong' }

function changesOf({ changes }: HappenedRow): TimelineEntry['changes'] {
  return shownFields.flatMap((field) => {
    const change = changes?.[tracedAs[field] ?? field]
    return change ? [{ field, from: change.from ?? null, to: change.to ?? null }] : []
  })
}

const cursorAt = ({ at, source, id }: HappenedRow) => Buffer.from(`${at} ${source} ${id}`).toString('base64url')

/** Where a page begins: after this entry. */
export function timelinePlace(cursor: string | undefined): TimelinePlace | null {
  if (cursor === undefined) return null
  const [, at, source, id] =
    /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00) (note|change|begin|call) (\d{1,18})$/.exec(
      Buffer.from(cursor, 'base64url').toString(),
    ) ?? []
  if (!at || !source || !id || Number.isNaN(Date.parse(`${at.slice(0, 10)}T${at.slice(11, 19)}Z`))) {
    throw wrongFields({ field: 'cursor', message: 'use the next_cursor of the page before' })
  }
  return { at, source, id }
}
