import { type Answer, failure, strange } from './line.ts'
import type { CallEventAnswer, Failure, LookupAnswer, LookupResult, RecordResult } from './results.ts'

/** What the CRM made of a number; whatever is no such answer is named so, and not handed on half read. */
export function lookupResult({ status, body }: Answer): LookupResult {
  if (!isObject(body)) return strange(status)
  if (body['code'] === 'phone_invalid') return { kind: 'not_found', reason: 'invalid', patient_known: false }
  if (isRefusal(status)) return refused(status)
  if (body['found'] === false) return notFound(body)
  const { found, ...answer } = body
  if (found !== true || !isLookupAnswer(answer)) return strange(status)
  return { ...answer, kind: 'found', shared: answer.people_count > 1 }
}

export function recordResult({ status, body }: Answer): RecordResult {
  if (isRefusal(status)) return refused(status)
  if (!isObject(body) || !isCallEventAnswer(body)) return strange(status)
  return { ...body, kind: 'recorded' }
}

/** 404 is what a number nobody has may come with, and what is not there at all. */
const isRefusal = (status: number) => status >= 400 && status !== 404

const refused = (status: number): Failure =>
  failure('invalid_request', 'The CRM does not take what was sent.', { status })

function notFound({ reason, patient_known, new_case_url }: Record<string, unknown>): LookupResult {
  if (reason === 'withheld') return { kind: 'withheld' }
  return {
    kind: 'not_found',
    reason: reason === 'internal' ? 'internal' : 'unknown',
    patient_known: patient_known === true,
    ...(isLink(new_case_url) && { new_case_url }),
  }
}

function isLookupAnswer(body: object): body is LookupAnswer {
  const {
    case_id,
    patient,
    case: found,
    screen_pop_url,
    phone_searched,
    match_count,
    people_count,
    matches,
  } = body as Loose
  return (
    isText(case_id) &&
    (patient === undefined || (isObject(patient) && isText(patient['name']))) &&
    (found === undefined || (isObject(found) && isText(found['status']) && isText(found['clinic']))) &&
    isLink(screen_pop_url) &&
    isText(phone_searched) &&
    typeof match_count === 'number' &&
    typeof people_count === 'number' &&
    Array.isArray(matches) &&
    matches.every((match) => isObject(match) && isText(match['case_id']))
  )
}

function isCallEventAnswer(body: object): body is CallEventAnswer {
  const { id, state, agents, delivered } = body as Loose
  return isText(id) && isText(state) && Array.isArray(agents) && typeof delivered === 'boolean'
}

type Loose = Record<string, unknown>
const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'
/** It will be opened in somebody's browser. */
const isLink = (value: unknown): value is string => isText(value) && /^https?:\/\//i.test(value)
