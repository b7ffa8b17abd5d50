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
}

/** The events in what was sent, and what of it could not be understood, in words for an administrator. */
export type Reading = { events: CallEvent[]; problems: string[] }

export type Outcome = {
  replies: CallEventReply[]
  problems: string[]
  /** The address that was asked, for platforms that must be told where to send the rest. */
  url: string
}
export type ConnectorReply = { status: number; contentType: string; body: string }

/** How one platform speaks. Pure: the same request gives the same events, and nothing is asked or written. */
type Events<Settings> = {
  readEvents(request: ConnectorRequest, settings: Settings): Reading
  /** Beside the secret in the address; true where the platform signs nothing. */
  isGenuine(request: ConnectorRequest, settings: Settings): boolean
  reply(request: ConnectorRequest, settings: Settings, outcome: Outcome): ConnectorReply
}

export type Description<Settings extends z.ZodObject> = {
  /** As in addresses: `cti-push`. */
  name: string
  title: string
  /** What an administrator sets for a line; their form is drawn from it. */
  settings: Settings
  /** Where the platform's desktop shows our pages from. */
  frameOrigins: readonly string[]
  /** None: the platform sends no events here. */
  events?: Events<z.output<Settings>>
}

/** A connector among others: it reads its settings itself, as they were kept. */
export type Connector = Omit<Description<z.ZodObject>, 'events'> & { events: Events<unknown> | null }

export function connector<Settings extends z.ZodObject>({ events, ...rest }: Description<Settings>): Connector {
  const { settings: schema } = rest
  if (!events) return { ...rest, events: null }
  return {
    ...rest,
    events: {
      readEvents: (request, settings) => events.readEvents(request, schema.parse(settings)),
      isGenuine: (request, settings) => events.isGenuine(request, schema.parse(settings)),
      reply: (request, settings, outcome) => events.reply(request, schema.parse(settings), outcome),
    },
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
