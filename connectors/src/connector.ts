import type { CallEvent, CallEventReply } from '@clinicacrm/contract/calls.ts'
import { callEvent } from '@clinicacrm/contract/calls.ts'
import type { z } from 'zod'

/** What a platform sent, to the letter: a signature is made over `rawBody`. */
export type ConnectorRequest = {
  method: string
  /** By names in small letters. */
  headers: Readonly<Record<string, string | string[] | undefined>>
  rawBody: Buffer
  query: Readonly<Record<string, string | string[] | undefined>>
  /** Without parameters, in small letters; empty when none was sent. */
  contentType: string
  /** The whole address that was asked, as the platform was told it: some sign it too. */
  url?: string
}

/** The events in what was sent, and what of it could not be understood, in words for an administrator. */
export type Reading = { events: CallEvent[]; problems: string[] }

export type Outcome = {
  replies: CallEventReply[]
  problems: string[]
  /** The address that was asked, for platforms that must be told where to send the rest. */
  url: string
  /** For errands: who calls, by the id of the reply, where it is clear. */
  names?: Readonly<Record<string, string>>
}
export type ConnectorReply = { status: number; contentType: string; body: string }

/** A request that the CRM makes for a connector, after it took in events. */
export type Errand = { method: 'POST' | 'PUT'; url: string; headers: Record<string, string>; body: string }

/** A call that an administrator tries a connection with. */
export type TrialCall = {
  call_id: string
  event: 'ringing' | 'answered' | 'ended'
  from: string
  to: string
  /** An e-mail address of ours. */
  agent: string
}

/** How one platform speaks. Pure: the same request gives the same events, and nothing is asked or written. */
type Events<Settings> = {
  readEvents(request: ConnectorRequest, settings: Settings): Reading
  /** Beside the secret in the address; true where the platform signs nothing. */
  isGenuine(request: ConnectorRequest, settings: Settings): boolean
  reply(request: ConnectorRequest, settings: Settings, outcome: Outcome): ConnectorReply
  /** A call as the platform would send it. */
  trial(call: TrialCall, settings: Settings): ConnectorRequest
  /** What is to be sent back once the events are kept, beside the reply: a card on the agent's telephone. */
  errands?(request: ConnectorRequest, settings: Settings, outcome: Outcome): Errand[]
}

export const languages = ['it', 'en', 'es'] as const
export type Language = (typeof languages)[number]

/** What an administrator reads about a connector, in one language. */
export type Words = {
  /** What it does, in a sentence. */
  summary: string
  /** The stations of a call, in order: a picture is drawn of them. */
  flow: readonly string[]
  /** What is to be done at the platform, one step each. */
  steps: readonly string[]
  /** Of each setting; `choices` where it is one of several. */
  fields?: Readonly<Record<string, { label: string; text?: string; choices?: Readonly<Record<string, string>> }>>
  /** Of each file to download, by its name: what it is, and where it goes. */
  files?: Readonly<Record<string, string>>
}

/**
 * A file that an administrator imports at the platform. It is made of templates under `setup/`, where `__crm_url__` and
 * the names of `values` stand for what is filled in, escaped for the kind of file. A `.ts` that becomes a `.js`, `.cjs` or
 * `.mjs` loses its types, and so it does inside another file. Several templates become a `.zip`.
 */
export type SetupFile = {
  /** As it is downloaded. */
  file: string
  templates: readonly string[]
  /** Other templates whose whole text stands in it under a name, such as the code in a stack. */
  inlined?: Readonly<Record<string, string>>
}

/** A telephone inside a page of ours: where the browser may load it from. */
export type Softphone<Settings> = {
  sources(settings: Settings): { frames: readonly string[]; scripts: readonly string[] }
  /**
   * Settings that say where a program of the platform's comes from that runs in our page or is answered by it, each with
   * the platform's own domains. Another host may be entered only if the operator named it: whoever may change settings
   * would otherwise act as everybody who opens the page.
   */
  trusted?: Readonly<Record<string, readonly string[]>>
}

export type Description<Settings extends z.ZodObject> = {
  /** As in addresses: `cti-push`. */
  name: string
  title: string
  /** What an administrator sets for a line; their form is drawn from it. */
  settings: Settings
  /** Where the platform's desktop shows our pages from. */
  frameOrigins: readonly string[]
  words: Readonly<Record<Language, Words>>
  /**
   * How its events come: over a line, whose address holds a secret and which has settings of its own, or with an API key
   * in a header and the settings of the connector. None: the platform sends no events here.
   */
  takes?: 'line' | 'key'
  events?: Events<z.output<Settings>>
  files?: readonly SetupFile[]
  /** What stands in the files besides the address of the CRM, by name. */
  values?(settings: z.output<Settings>): Record<string, string>
  softphone?: Softphone<z.output<Settings>>
  /** Documentation only: nothing of ours runs there, and nothing was tried. */
  isUntested?: true
}

/** A connector among others: it reads its settings itself, as they were kept. */
export type Connector = Omit<Description<z.ZodObject>, 'takes' | 'events' | 'files' | 'values' | 'softphone'> & {
  takes: 'line' | 'key' | null
  events: Required<Events<unknown>> | null
  files: readonly SetupFile[]
  values(settings: unknown): Record<string, string>
  softphone: Required<Softphone<unknown>> | null
}

export function connector<Settings extends z.ZodObject>(description: Description<Settings>): Connector {
  const { takes, events, files = [], values, softphone, settings: schema, ...rest } = description
  return {
    ...rest,
    settings: schema,
    takes: takes ?? (events ? 'line' : null),
    events: events ? reading(events, schema) : null,
    files,
    values: (settings) => values?.(schema.parse(settings)) ?? {},
    softphone: softphone
      ? { sources: (settings) => softphone.sources(schema.parse(settings)), trusted: softphone.trusted ?? {} }
      : null,
  }
}

function reading<Settings extends z.ZodObject>(events: Events<z.output<Settings>>, schema: Settings) {
  return {
    readEvents: (request, settings) => events.readEvents(request, schema.parse(settings)),
    isGenuine: (request, settings) => events.isGenuine(request, schema.parse(settings)),
    reply: (request, settings, outcome) => events.reply(request, schema.parse(settings), outcome),
    trial: (call, settings) => events.trial(call, schema.parse(settings)),
    errands: (request, settings, outcome) => events.errands?.(request, schema.parse(settings), outcome) ?? [],
  } satisfies Required<Events<unknown>>
}

/**
 * Marks a setting that nobody reads again once it is saved: `z.string().meta(secret)`. One that is sent somewhere names the
 * setting that says where, `{ ...secret, sent_to: 'api_url' }`: with another address it has to be entered again, as whoever
 * changes the address would otherwise have it sent to themselves.
 */
export const secret = { secret: true } as const

/** What a platform would send by POST, as JSON. */
export function posted(body: unknown, contentType = 'application/json'): ConnectorRequest {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return {
    method: 'POST',
    headers: { 'content-type': contentType },
    rawBody: Buffer.from(text),
    query: {},
    contentType,
  }
}

/** Each candidate becomes an event or a problem: one that is wrong does not take the others with it. */
export function readingOf(candidates: readonly unknown[]): Reading {
  const reading: Reading = { events: [], problems: [] }
  for (const [i, candidate] of candidates.entries()) {
    const read = callEvent.safeParse(candidate)
    if (read.success) reading.events.push(read.data)
    else reading.problems.push(...read.error.issues.map((issue) => problemOf(issue, candidates.length > 1 ? i : null)))
  }
  return reading
}

export function problemOf(issue: z.core.$ZodIssue, index: number | null): string {
  const field = [...(index === null ? [] : [index]), ...issue.path].join('.') || 'body'
  return `${field}: ${issue.message.replace(/^Invalid input: /, '')}`
}

/** JSON, or undefined where it is none. */
export function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

export function headerOf({ headers }: ConnectorRequest, name: string): string {
  const value = headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}
