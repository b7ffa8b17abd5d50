import { callEvent, type CallEvent } from '@clinicacrm/contract/calls.ts'
import type { RequestView } from '@clinicacrm/contract/requests.ts'
import { AppError } from '../app-error.ts'
import { readAgain } from '../telephony/telephony.ts'
import { type Seals } from '../http/sealed.ts'
import { explain, type ExplainWork } from './explain.ts'
import { type Filters, type Found, requestById, requestsBy } from './queries.ts'
import { redactedBody, redactedPhone, redactedText } from './redacted.ts'

type Said = {
  content_type?: string
  body?: string
  query?: object
  method?: string
  from_query_string?: boolean
  on_missing?: string
}

export async function requestPage(work: ExplainWork, { limit, ...filters }: Filters & { limit: number }) {
  mustSeeAll(work)
  const found = await requestsBy(work.db, filters, limit + 1)
  return { requests: found.slice(0, limit).map(viewOf), has_more: found.length > limit }
}

export async function oneRequest(work: ExplainWork, id: string) {
  const found = await mustFind(work, id)
  const said = found.row.said as Said | null
  const sent = said && redactedBody(said.body ?? JSON.stringify(said), said.content_type)
  return { ...viewOf(found), sent, can_replay: canReplay(found) }
}

/** A lookup is asked and explained again, an event read again by its connector: nothing is changed by it. */
export async function replay(work: ExplainWork & { seals: Seals }, id: string) {
  const found = await mustFind(work, id)
  if (!canReplay(found)) throw new AppError('not_found', 'Of this request too little was kept to repeat it.')
  const { row } = found
  const was = { verdict: row.verdict, status: row.status }
  const said = (row.said ?? {}) as Said
  if (row.kind === 'lookup') {
    const fromQueryString = said.from_query_string ?? true
    const onMissing = said.on_missing === '200' ? (200 as const) : (404 as const)
    const explained = await explain(work, {
      phone: row.phone!,
      fromQueryString,
      keyId: row.api_key_id,
      stored: null,
      onMissing,
    })
    return { explanation: redacted(explained), was, events: [], problems: [] }
  }
  const { events, problems } = await readAs(work, row, said)
  return { explanation: null, was, events: events.map(redactedEvent), problems: problems.map(redactedText) }
}

/** The ends of a number are enough to see that it was read; ids and verdicts say the rest. */
function redacted(explained: Awaited<ReturnType<typeof explain>>) {
  const { phone, cleaned, digits, e164, key } = explained
  return {
    ...explained,
    phone: redactedPhone(phone) ?? '',
    cleaned: redactedPhone(cleaned) ?? '',
    digits: redactedPhone(digits),
    e164: redactedPhone(e164),
    key: redactedPhone(key),
  }
}

async function readAs(work: ExplainWork & { seals: Seals }, { actor, provider }: Found['row'], said: Said) {
  const body = said.body ?? ''
  if (!provider || said.content_type === undefined) {
    const read = callEvent.safeParse(jsonOf(body))
    return read.success
      ? { events: [read.data], problems: [] }
      : { events: [], problems: read.error.issues.map(({ message }) => message) }
  }
  return readAgain(work, { connector: provider, actor, contentType: said.content_type, body })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const redactedEvent = ({ from, to, recording_url, ...event }: CallEvent) => ({
  ...event,
  ...(recording_url && { recording_url: redactedText(recording_url) }),
  from: redactedPhone(from ?? null),
  to: redactedPhone(to ?? null),
})

const canReplay = ({ row }: Found) => (row.kind === 'lookup' ? row.phone !== null : row.said !== null)

async function mustFind(work: ExplainWork, id: string): Promise<Found> {
  mustSeeAll(work)
  const found = await requestById(work.db, id)
  if (!found) throw new AppError('not_found', 'There is no request with this id: they are kept for seven days.')
  return found
}

/** Requests belong to no clinic. */
function mustSeeAll({ by }: ExplainWork) {
  if (by.clinicIds)
    throw new AppError('forbidden', 'Whoever is limited to clinics cannot read the requests of all of them.')
}

function viewOf({ row, name }: Found): RequestView {
  const { said: _, phone, kind, ...rest } = row
  return {
    ...rest,
    kind: kind as RequestView['kind'],
    name,
    phone: redactedPhone(phone),
    problem: row.problem && redactedText(row.problem),
  }
}
