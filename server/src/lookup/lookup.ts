import { type PhoneQuery, phoneQuery } from '@clinicacrm/contract/phone.ts'
import type { Disclosures } from '../audit/disclosures.ts'
import type { Config, Locale } from '../config.ts'
import { type Ask, lookupPatienceMs } from '../db/fast.ts'
import type { Events, Verdict } from '../events.ts'
import type { Caller } from '../http/caller.ts'
import type { Batch } from '../jobs/batch.ts'
import { type Answered, answerTo, refusalOf, verdictOf } from './answers.ts'
import type { Conversation } from './conversations.ts'
import { conversation, createMatcher, type Matches } from './queries.ts'
import { sandboxMatches } from './sandbox.ts'

/** A caller's text and what the platform says of the call. */
export type Asked = {
  phone: string
  /** GET: a leading blank may be a plus that URL decoding lost. */
  fromQueryString: boolean
  locale?: Locale | undefined
  provider?: string | undefined
  conversation_id?: string | undefined
  called?: string | undefined
  agent?: string | undefined
}
/** With whose eyes: these clinics, or made-up people. */
type Seer = Pick<Caller, 'clinicIds'> & { sandbox?: boolean }
type Call = Pick<Asked, 'locale'> & { provider: string; conversation_id: string }
export type Lookup = ReturnType<typeof createLookup>

export type LookupHouse = {
  ask: Ask
  config: Pick<Config, 'defaultCountry' | 'defaultLocale' | 'publicUrl'>
  disclosures: Disclosures
  conversations: Batch<Conversation>
  events: Events
}

const nothing: Matches = { cases: [], count: 0, patientKnown: false, patients: [] }

/** The lookup: a caller's text in, the most recent case with that number out. */
export function createLookup({ ask, config, disclosures, conversations, events }: LookupHouse) {
  const matchesOf = createMatcher(ask)

  /** Throws `phone_required`, `phone_invalid` or `unavailable`; everything else is an answer. */
  async function byPhone(asked: Asked, caller: Caller, startedAt: number): Promise<Answered> {
    const count = (verdict: Verdict) => events.lookupAnswered(verdict, performance.now() - startedAt)
    const query = phoneQuery(asked.phone, config.defaultCountry, asked)
    if (query.kind === 'invalid') {
      count('invalid')
      throw refusalOf(asked)
    }
    const matches = await find(query, caller, startedAt + lookupPatienceMs).catch((error: unknown) => {
      count('unavailable')
      throw error
    })
    const answered = answerTo({ query, matches, caller, config, locale: asked.locale })
    disclose(disclosures, matches, caller, asked)
    if (!conversations.full) conversations.add(...conversationOf(asked, query, answered, caller))
    count(verdictOf(query, answered))
    return answered
  }

  /** The lookup of a call within the last hour, again: the case it answered, as it is now. Null for an unknown call. */
  async function byConversation(call: Call, caller: Caller, startedAt: number): Promise<Answered | null> {
    // Kept under the id of a key, and a person may have the same.
    if (caller.kind === 'user') return null
    const deadline = startedAt + lookupPatienceMs
    const kept = await conversation(ask, { ...call, keyId: caller.id }, deadline)
    if (!kept) return null
    const query = phoneQuery(kept.phone, config.defaultCountry)
    const matches = pinned(await find(query, caller, deadline), kept.caseId)
    disclose(disclosures, matches, caller, call)
    return answerTo({ query, matches, caller, config, locale: call.locale })
  }

  /** Who stands behind a number, of all clinics, for a call that rings: told to nobody here, and so without a trace. */
  async function behind(phone: string, startedAt: number): Promise<{ query: PhoneQuery; matches: Matches }> {
    const query = phoneQuery(phone, config.defaultCountry)
    return { query, matches: await find(query, { clinicIds: null }, startedAt + lookupPatienceMs) }
  }

  /** What stands behind a number in these clinics, for whoever explains it. */
  const matches = (query: PhoneQuery, seenBy: Seer, startedAt: number) =>
    find(query, seenBy, startedAt + lookupPatienceMs)

  async function find(query: PhoneQuery, caller: Seer, deadline: number) {
    if (query.kind !== 'number') return nothing
    if (isSandbox(caller)) return sandboxMatches(query)
    const { clinicIds } = caller
    return matchesOf({ key: query.key, ext: query.ext, clinicIds }, deadline)
  }

  return { byPhone, byConversation, behind, matches }
}

/** One trace for each case shown, also for those that were only listed. */
function disclose(
  disclosures: Disclosures,
  { cases }: Matches,
  caller: Caller,
  call: Pick<Asked, 'provider' | 'conversation_id'>,
) {
  if (isSandbox(caller)) return
  const { provider = null, conversation_id = null } = call
  const { actor, profile } = caller
  cases.forEach(({ case_id, patient_id }, i) => {
    const shown = i === 0 ? profile : 'match'
    disclosures.record({ actor, action: 'lookup', case_id, patient_id, profile: shown, provider, conversation_id })
  })
}

/** The case that was answered first stays first, though a newer one may have come meanwhile. */
function pinned(matches: Matches, caseId: string | null): Matches {
  const first = matches.cases.find(({ case_id }) => case_id === caseId)
  return first ? { ...matches, cases: [first, ...matches.cases.filter((other) => other !== first)] } : matches
}

/** What is kept of a call that has a name, for the platform that asked. */
function conversationOf(asked: Asked, query: PhoneQuery, { top }: Answered, caller: Caller): Conversation[] {
  const { provider, conversation_id, called = null, agent = null } = asked
  if (!provider || !conversation_id || caller.kind === 'user' || isSandbox(caller)) return []
  const caseId = top?.case_id ?? null
  return [{ provider, conversation_id, keyId: caller.id, phone: spoken(asked, query), called, agent, caseId }]
}

/** Sees made-up people only, and leaves no trace. */
const isSandbox = ({ sandbox }: Seer) => sandbox === true

/** The text to look up again: as asked, with the plus that the echo restored. */
const spoken = ({ phone }: Asked, { echo }: PhoneQuery) =>
  echo.startsWith('+') ? echo + phone.slice(echo.length) : phone
