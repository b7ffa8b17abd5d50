import type { MatchState } from '@clinicacrm/contract/calls.ts'
import { and, desc, eq } from 'drizzle-orm'
import { casesVisibleTo } from '../cases/cases.ts'
import type { Db } from '../db/client.ts'
import { cases, patients } from '../db/schema.ts'
import type { Lookup } from '../lookup/lookup.ts'
import { isOwnNumber } from '../telephony/telephony.ts'
import { type Actor, system, type Work } from '../work.ts'
import type { Folded } from './fold.ts'
import { filledIn } from './placeholders.ts'

export type Match = {
  match: MatchState | null
  phone_key: string | null
  /** To show and to dial. */
  phone: string | null
  patient_id: string | null
  case_id: string | null
}

type House = Pick<Work, 'db' | 'config'> & { lookup: Lookup }

/** Whose call it is: whoever the platform named, or else whoever has the number. Never a guess between two people. */
export async function matchOf(house: House, call: Folded): Promise<Match> {
  const numbered = await byNumber(house, call)
  const named = await byId(house.db, call)
  return named ? { ...numbered, ...named, match: 'explicit' } : numbered
}

/** Number of the other side: who calls, or who is called. */
export const otherSide = ({ direction, from, to }: Folded): string | null =>
  filledIn(direction === 'outbound' ? to : from)

async function byNumber({ db, lookup, config }: House, call: Folded): Promise<Match> {
  const text = otherSide(call)
  const nobody: Match = { match: null, phone_key: null, phone: null, patient_id: null, case_id: null }
  if (call.direction === 'internal') return { ...nobody, match: 'internal', phone: text }
  if (text === null) return nobody
  const { query, matches } = await lookup.behind(text, performance.now())
  if (query.kind === 'withheld' || query.kind === 'internal') return { ...nobody, match: query.kind, phone: text }
  // Letters where a number should be: nobody to find, but a call all the same.
  if (query.kind === 'invalid') return { ...nobody, match: 'none', phone: text }
  const number = { ...nobody, phone_key: query.key, phone: query.e164 ?? text.trim() }
  if (await isOwnNumber({ db, config }, query.key)) return { ...number, match: 'internal' }
  const [patient_id = null, ...others] = matches.patients
  if (patient_id === null) return { ...number, match: 'none' }
  if (others.length > 0) return { ...number, match: 'many' }
  return { ...number, match: 'one', patient_id, case_id: matches.cases[0]?.case_id ?? null }
}

/** The case or patient a platform named; a case that is gone leads to its patient's newest. */
async function byId(db: Db, { case_id, patient_id }: Folded): Promise<Pick<Match, 'patient_id' | 'case_id'> | null> {
  if (case_id) {
    const [found] = await db
      .select({ patient_id: cases.patient_id, deleted_at: cases.deleted_at })
      .from(cases)
      .where(eq(cases.id, case_id))
    if (found && !found.deleted_at) return { patient_id: found.patient_id, case_id }
    if (found) return { patient_id: found.patient_id, case_id: await newestCaseOf(db, found.patient_id) }
  }
  if (!patient_id) return null
  const [known] = await db.select({ id: patients.id }).from(patients).where(eq(patients.id, patient_id))
  return known ? { patient_id, case_id: await newestCaseOf(db, patient_id) } : null
}

/** A patient's most recent case, as far as the actor may see it. */
export async function newestCaseOf(db: Db, patientId: string, by: Actor = system): Promise<string | null> {
  const [newest] = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.patient_id, patientId), casesVisibleTo(by)))
    .orderBy(desc(cases.created_at), desc(cases.id))
    .limit(1)
  return newest?.id ?? null
}
