/*
 * What the CRM is told and what it answers. These are types of our own, so that nothing else need be installed; a test
 * holds them against the CRM's contract.
 */

/** Later versions may add fields; those you do not know are there all the same. */
export type LookupAnswer = {
  case_id: string
  /** Absent when the key's profile is `minimal`. */
  patient?:
    | {
        name: string
        phone: string | null
        home_phone: string | null
        cell_phone: string | null
        email?: string | null | undefined
      }
    | undefined
  /** Absent when the key's profile is `minimal`. */
  case?:
    | {
        status: string
        clinic: string
        treatment?: string | null | undefined
        disposition?: string | null | undefined
        outcome?: string | null | undefined
        created_at: string
        follow_up_date: string | null
      }
    | undefined
  /** Opens the case at the desk. */
  screen_pop_url: string
  phone_searched: string
  /** How many cases have this number; the newest is the one above. */
  match_count: number
  /** How many people have it, with a case or without. */
  people_count: number
  /** The newest ten of them, newest first. */
  matches: {
    case_id: string
    name?: string | undefined
    clinic?: string | undefined
    created_at?: string | undefined
  }[]
}

export type Found = LookupAnswer & {
  kind: 'found'
  /**
   * Several people have this number: ask who is calling before you greet anybody.
   */
  shared: boolean
}

export type NotFound = {
  kind: 'not_found'
  /** `unknown`: nobody’s number. `internal`: an extension. `invalid`: nothing that could be a number. */
  reason: 'unknown' | 'internal' | 'invalid'
  /** A patient has this number, but no case yet. */
  patient_known: boolean
  /** Opens the form of a new case with the number filled in. */
  new_case_url?: string
}

/** The caller hides the number, or the platform delivered none. */
export type Withheld = { kind: 'withheld' }

export type FailureCode =
  /** No answer within `timeoutMs`. */
  | 'timeout'
  /** Not reached, nor at the second try. */
  | 'network'
  /** Your `signal` said so. */
  | 'aborted'
  /** Too many requests: told by the CRM (then `status` is 429), or known beforehand. */
  | 'rate_limited'
  /** The key is missing, wrong, over or revoked; without a key: nobody is signed in. */
  | 'unauthorized'
  /** The key may not do this, or not from this address. */
  | 'forbidden'
  /** The CRM does not take what was sent. */
  | 'invalid_request'
  /** The CRM, or what stands before it, says that it cannot answer now. */
  | 'unavailable'
  /** Whatever answered, it does not speak as a ClínicaCRM does: look at `url`. */
  | 'unexpected_answer'

export type Failure = {
  kind: 'error'
  code: FailureCode
  /** The HTTP status, if there was an answer. */
  status?: number
  /** Seconds until asking again makes sense, if that is known. */
  retryAfter?: number
  /** For a log: holds neither the number nor the key. */
  message: string
}

export type LookupResult = Found | NotFound | Withheld | Failure

export type LookupOptions = {
  /** The platform, such as `genesys-cloud`. With `conversationId`, the CRM keeps the answer for an hour. */
  provider?: string
  /** The platform’s id of the call. */
  conversationId?: string
  /** The number that was dialled. */
  called?: string
  /** The agent the call is offered to. */
  agent?: string
  /** Language of the links. */
  locale?: 'it' | 'en' | 'es'
  /** Stops waiting for this answer; whoever else asked the same still gets theirs. */
  signal?: AbortSignal
}

export type CallEvent = {
  /** The platform, such as `genesys-cloud`. */
  provider?: string | undefined
  /** The platform’s id of the call. */
  call_id: string
  event: 'ringing' | 'answered' | 'held' | 'resumed' | 'transferred' | 'voicemail' | 'missed' | 'ended'
  /** The platform’s id of this event, if it has one. */
  event_id?: string | null | undefined
  /** When it happened, ISO 8601 with an offset; when it arrives unless said. */
  at?: string | null | undefined
  /** `inbound` unless said. */
  direction?: 'inbound' | 'outbound' | 'internal' | null | undefined
  /** Who calls, in any writing. */
  from?: string | null | undefined
  /** Who is called, in any writing. */
  to?: string | null | undefined
  queue?: string | null | undefined
  /** E-mail address, extension, user name or the platform’s id, as set in the CRM. */
  agent?: string | null | undefined
  /** All agents it rings at, if several. */
  agents?: string[] | null | undefined
  /** The case, when the platform knows it already: beats any search. */
  case_id?: string | null | undefined
  patient_id?: string | null | undefined
  recording_url?: string | null | undefined
  /** Why it ended, in the platform’s words. */
  reason?: string | null | undefined
}

export type CallEventAnswer = {
  id: string
  state: 'ringing' | 'answered' | 'held' | 'ended'
  result: 'answered' | 'missed' | 'voicemail' | null
  match: 'one' | 'many' | 'none' | 'withheld' | 'internal' | 'explicit' | 'linked' | null
  case_id: string | null
  screen_pop_url: string | null
  /** Whether an open page of an agent concerned was told. */
  delivered: boolean
  agents: { agent: string; known: boolean; delivered: boolean }[]
  /** This event had arrived before; nothing was changed. */
  repeated: boolean
}

export type Recorded = CallEventAnswer & { kind: 'recorded' }
export type RecordResult = Recorded | Failure
