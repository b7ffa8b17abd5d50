import type { resolvePop } from '@clinicacrm/contract/pops.ts'
import { phoneQuery } from '@clinicacrm/contract/phone.ts'
import { and, desc, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { calls, cases } from '../db/schema.ts'
import { patientById } from '../patients/patients.ts'
import { casesVisibleTo } from '../cases/cases.ts'
import { isOwnNumber } from '../telephony/telephony.ts'
import type { Work } from '../work.ts'
import { callersOf } from './callers.ts'
import { newestCaseOf } from './match.ts'
import { callRows, callsVisibleTo, type ShownCall, viewOfCall } from './queries.ts'
import { filledIn } from './placeholders.ts'

type Asked = z.output<NonNullable<(typeof resolvePop)['query']>>
type Resolved = z.infer<typeof resolvePop.reply>

const search: Resolved = { leads_to: 'search', path: '/', callers: [], phone: null, notice: null }

/**
 * Where a page leads that a platform opened: the case it named, the call it named, or whoever has the number. An id that
 * leads nowhere is said so, and the number tried.
 */
export async function resolve(work: Work, asked: Asked): Promise<Resolved> {
  const [caseId, patientId, callId, phone] = [
    idIn(asked.case_id),
    idIn(asked.patient_id),
    filledIn(asked.call_id),
    filledIn(asked.phone),
  ]
  const named = caseId && (await toCase(work, caseId))
  if (named) return named
  const person = patientId && (await toPatient(work, patientId))
  if (person) return person
  const call = callId ? await callNamed(work, callId, filledIn(asked.provider)) : null
  const known = call && (await toCall(work, call))
  if (known) return known
  const notice = caseId || patientId ? ('stale_id' as const) : null
  const number = phone ?? call?.call.phone ?? null
  if (number === null) return { ...search, notice }
  const found = await byNumber(work, number, call)
  return { ...found, notice: found.notice ?? notice }
}

function idIn(text: string | null | undefined): string | null {
  const filled = filledIn(text)?.trim() ?? ''
  return /^[1-9]\d{0,17}$/.test(filled) ? filled : null
}

/** A case that is gone leads to the patient's newest. */
async function toCase({ db, by }: Work, id: string): Promise<Resolved | null> {
  const [row] = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.id, id), casesVisibleTo(by)))
  if (row) return { ...search, leads_to: 'case', path: `/cases/${id}` }
  const [gone] = await db.select({ patient_id: cases.patient_id }).from(cases).where(eq(cases.id, id))
  const other = gone && (await newestCaseOf(db, gone.patient_id, by))
  return other ? { ...search, leads_to: 'case', path: `/cases/${other}`, notice: 'stale_id' } : null
}

async function toPatient({ db, by }: Work, id: string): Promise<Resolved | null> {
  if (!(await patientById(db, id, by))) return null
  const newest = await newestCaseOf(db, id, by)
  if (newest) return { ...search, leads_to: 'case', path: `/cases/${newest}` }
  return { ...search, leads_to: 'patient', path: `/patients/${id}` }
}

/** The platform's name of a call, or ours. */
async function callNamed({ db, by }: Work, name: string, provider: string | null): Promise<ShownCall | null> {
  const isNamed = provider ? and(eq(calls.call_id, name), eq(calls.provider, provider)) : eq(calls.call_id, name)
  const [found] = await callRows(db, by)
    .where(and(isNamed, callsVisibleTo(by)))
    .orderBy(desc(calls.started_at))
    .limit(1)
  if (found || !/^[1-9]\d{0,17}$/.test(name)) return found ?? null
  const [own] = await callRows(db, by).where(and(eq(calls.id, name), callsVisibleTo(by)))
  return own ?? null
}

async function toCall(work: Work, { call }: ShownCall): Promise<Resolved | null> {
  if (call.case_id) return toCase(work, call.case_id)
  return call.patient_id ? toPatient(work, call.patient_id) : null
}

async function byNumber(work: Work, text: string, call: ShownCall | null): Promise<Resolved> {
  const query = phoneQuery(text, work.config.defaultCountry, { fromQueryString: true })
  if (query.kind === 'withheld' || query.kind === 'internal') return { ...search, notice: query.kind }
  if (query.kind === 'invalid') return search
  const phone = query.e164 ?? text.trim()
  if (await isOwnNumber(work, query.key)) return { ...search, notice: 'internal', phone }
  const callers = await callersOf(work.db, query.key, work.by)
  const [only, ...others] = callers
  const about = { phone, ...(call && { call_id: call.call.id }) }
  if (!only) {
    const lead = new URLSearchParams({ ...about, ...(call && leadOf(call)) })
    return { ...search, leads_to: 'new_case', path: `/cases/new?${lead.toString()}`, phone }
  }
  if (others.length > 0) {
    return { ...search, leads_to: 'chooser', path: `/pop?${new URLSearchParams(about).toString()}`, callers, phone }
  }
  const path = only.case_id ? `/cases/${only.case_id}` : `/patients/${only.patient_id}`
  return { ...search, leads_to: only.case_id ? 'case' : 'patient', path, callers, phone }
}

/** What the number that was called says of whoever calls it. */
function leadOf(shown: ShownCall): Record<string, string> {
  const { clinic, channel, origin, campaign } = viewOfCall(shown)
  const known = Object.entries({ clinic, channel, origin, campaign })
  return Object.fromEntries(known.flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
}
