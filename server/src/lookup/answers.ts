import { type LookupFound, type LookupNotFound, lookupByBody, lookupByQuery } from '@clinicacrm/contract/lookup.ts'
import type { DisclosureProfile } from '@clinicacrm/contract/permissions.ts'
import type { PhoneQuery } from '@clinicacrm/contract/phone.ts'
import { AppError } from '../app-error.ts'
import type { Config, Locale } from '../config.ts'
import { isoInstant } from '../db/columns.ts'
import type { Verdict } from '../events.ts'
import type { Caller } from '../http/caller.ts'
import { newCaseUrl, screenPopUrl } from '../http/links.ts'
import type { MatchedCase, Matches } from './queries.ts'

/** The guide's body, and the case behind it for the shapes that print more of a name than the guide does. */
export type Answered = { body: LookupFound; top: MatchedCase } | { body: LookupNotFound; top: null }

type Answering = {
  query: PhoneQuery
  matches: Matches
  caller: Caller
  config: Pick<Config, 'defaultLocale' | 'publicUrl'>
  locale: Locale | undefined
}

export function answerTo({ query, matches, caller, config, locale = config.defaultLocale }: Answering): Answered {
  const [top] = matches.cases
  if (!top) return { body: notFound(query, matches, newCaseUrl(config, locale, query.echo)), top: null }
  return { body: found(top, matches, query.echo, screenPopUrl(config, locale, top.case_id), caller.profile), top }
}

/** The guide's keys in the guide's order, then ours. A field outside the key's profile is absent, never null. */
function found(top: MatchedCase, matches: Matches, echo: string, url: string, profile: DisclosureProfile): LookupFound {
  const listed = matches.cases.map((match) => listedFor(match, profile))
  const counts = { match_count: matches.count, people_count: matches.patients.length }
  const ours = { screen_pop_url: url, phone_searched: echo, ...counts, matches: listed }
  if (profile === 'minimal') return { found: true, case_id: top.case_id, ...ours }
  return { found: true, case_id: top.case_id, patient: patientFor(top, profile), case: caseFor(top, profile), ...ours }
}

function patientFor(top: MatchedCase, profile: DisclosureProfile) {
  const greeting = { name: nameOf(top), phone: top.phone, home_phone: top.home_phone, cell_phone: top.cell_phone }
  return profile === 'full' ? { ...greeting, email: top.email } : greeting
}

function caseFor(top: MatchedCase, profile: DisclosureProfile) {
  const created_at = isoInstant(top.created_at)
  const follow_up_date = top.follow_up_date && isoInstant(top.follow_up_date)
  const { status, clinic, treatment, disposition, outcome } = top
  // A disposition is free text that often names the treatment, so a greeting goes without both.
  if (profile !== 'full') return { status, clinic, created_at, follow_up_date }
  return { status, clinic, treatment, disposition, outcome, created_at, follow_up_date }
}

function listedFor(match: MatchedCase, profile: DisclosureProfile) {
  const { case_id, clinic } = match
  return profile === 'minimal'
    ? { case_id }
    : { case_id, name: nameOf(match), clinic, created_at: isoInstant(match.created_at) }
}

function notFound(query: PhoneQuery, matches: Matches, newCase: string): LookupNotFound {
  const body = { found: false as const, message: `No case found for phone number: ${query.echo}`, phone: query.echo }
  // Neither an anonymous caller nor an extension has a number worth a new case.
  if (query.kind !== 'number') return { ...body, reason: query.kind as 'withheld' | 'internal', patient_known: false }
  return { ...body, patient_known: matches.patientKnown, new_case_url: newCase }
}

/** One level, all values strings, unknown ones absent: for flows that can read nothing else. */
export function flat({ body, top }: Answered): Record<string, string> {
  if (!top) return { found: 'false', reason: body.reason ?? 'not_found', match_count: '0' }
  const full = body.case && 'treatment' in body.case ? body.case.treatment : null
  const named = body.patient
    ? { patient_name: body.patient.name, first_name: top.first_name, last_name: top.last_name }
    : {}
  const values = {
    found: 'true',
    case_id: body.case_id,
    ...named,
    case_status: body.case?.status,
    clinic: body.case?.clinic,
    treatment: full,
    screen_pop_url: body.screen_pop_url,
    match_count: String(body.match_count),
    people_count: String(body.people_count),
  }
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])))
}

/** One display line, empty for an unknown caller: for caller-name lookups of telephone systems. */
export function line({ body, top }: Answered): string {
  if (!top) return ''
  return body.patient ? `${oneLine(body.patient.name)} - ${top.status}` : `#${body.case_id}`
}

export function verdictOf(query: PhoneQuery, { top }: Answered): Verdict {
  if (query.kind !== 'number') return query.kind
  return top ? 'found' : 'not_found'
}

/** Nothing that can be a number: an empty one in the guide's words, any other in ours. */
export function refusalOf({ phone, fromQueryString }: { phone: string; fromQueryString: boolean }): AppError {
  const { code, message } = (fromQueryString ? lookupByQuery : lookupByBody).refusals!.phone!
  if (phone.trim() === '') return new AppError(code, message)
  return new AppError('phone_invalid', 'The text holds no phone number.')
}

const nameOf = ({ first_name, last_name }: MatchedCase) => `${first_name} ${last_name}`.trim()
const oneLine = (text: string) => text.replace(/\s+/g, ' ')
