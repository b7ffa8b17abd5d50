import { createHits } from './hits.ts'
import { createLine, failure } from './line.ts'
import { lookupResult, recordResult } from './read.ts'
import type { CallEvent, Failure, Found, LookupOptions, LookupResult, RecordResult } from './results.ts'
import { unlessStopped } from './stopping.ts'

export type * from './results.ts'

export type ClientOptions = {
  /** Where the CRM is: `https://crm.clinic.example`. */
  url: string
  /** An API key. Leave it out in a page of the CRM itself: there the person who is signed in asks. */
  key?: string
  /** How long a caller may wait for any answer, second try included. 2000 unless said. */
  timeoutMs?: number
  /** Requests in any 60 seconds; beyond it the client answers `rate_limited` by itself. 1000 unless said, as the CRM. */
  perMinute?: number
  /** How long a found case may be answered again without asking: 30 at most, 30 unless said, 0 for never. */
  cacheSeconds?: number
  /** How many are kept. 500 unless said. */
  cacheEntries?: number
  /** Another `fetch`, for a proxy. */
  fetch?: typeof fetch
}

export type Client = {
  /** Who is calling? Never throws, and answers within `timeoutMs`. Empty or absent is a number that was withheld. */
  lookup(phone: string | number | null | undefined, options?: LookupOptions): Promise<LookupResult>
  /** Tells what happens to a call. Never throws; telling the same again does no harm. */
  recordCallEvent(event: CallEvent, options?: { signal?: AbortSignal }): Promise<RecordResult>
  /** Empties the memory of found cases. */
  forget(): void
}

/** Throws where the settings are wrong, so that a program does not start with them; nothing throws afterwards. */
export function createClient(options: ClientOptions): Client {
  const { cacheSeconds, cacheEntries, ...settings } = checked(options)
  const line = createLine(settings)
  const hits = createHits<Found>({ seconds: cacheSeconds, entries: cacheEntries })
  const flights = new Map<string, Flight>()

  function depart(name: string, body: object): Flight {
    const stopping = new AbortController()
    const result = line.post('/api/lookup?on_missing=200', body, stopping.signal).then((answer): LookupResult => {
      if (flights.get(name) === flight) flights.delete(name)
      const read = answer.kind === 'answer' ? lookupResult(answer) : answer
      if (read.kind === 'found') hits.set(name, read)
      return read
    })
    const flight = { result, waiting: 0, stop: () => stopping.abort() }
    flights.set(name, flight)
    return flight
  }

  /** Several may wait for one answer; when the last has gone, nobody waits for it. */
  async function board(name: string, flight: Flight, signal: AbortSignal | undefined): Promise<LookupResult> {
    flight.waiting++
    const result = await unlessStopped<LookupResult>(flight.result, signal, withdrawn)
    flight.waiting--
    if (flight.waiting === 0) {
      if (flights.get(name) === flight) flights.delete(name)
      flight.stop()
    }
    return structuredClone(result)
  }

  return {
    async lookup(phone, { signal, conversationId, provider, called, agent, locale } = {}) {
      if (signal?.aborted) return withdrawn()
      const text = String(phone ?? '').trim()
      if (text === '') return { kind: 'withheld' }
      const body = { phone: text, provider, conversation_id: conversationId, called, agent, locale }
      // All of it: the CRM keeps the answer for the call's id, so another call with the same number is another question.
      const name = JSON.stringify(body)
      const hit = hits.get(name)
      if (hit) return hit
      return board(name, flights.get(name) ?? depart(name, body), signal)
    },
    async recordCallEvent(event, { signal } = {}) {
      if (signal?.aborted) return withdrawn()
      const answer = await line.post('/api/calls/events', event, signal)
      return answer.kind === 'answer' ? recordResult(answer) : answer
    },
    forget: hits.clear,
  }
}

/** For whoever prefers exceptions: hands on whatever is no error, and throws what is one. */
export function orThrow<Result extends { kind: string }>(result: Result): Exclude<Result, Failure> {
  if (result.kind === 'error') throw new ClinicaCrmError(result as unknown as Failure)
  return result as Exclude<Result, Failure>
}

export class ClinicaCrmError extends Error {
  override readonly name = 'ClinicaCrmError'
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.failure = failure
  }
}

type Flight = { result: Promise<LookupResult>; waiting: number; stop(): void }

const withdrawn = (): Failure => failure('aborted', 'The question was withdrawn.')

function checked(options: ClientOptions) {
  const { key, timeoutMs = 2000, perMinute = 1000, cacheSeconds = 30, cacheEntries = 500 } = options
  // Called on its own, as browsers demand.
  const { fetch = (...asked) => globalThis.fetch(...asked) } = options
  if (key !== undefined && !/^[\x21-\x7e]{1,500}$/.test(key)) throw new TypeError('key: this is no API key.')
  if (key !== undefined && 'document' in globalThis)
    throw new TypeError('key: whoever opens this page could read it. Leave it out, or ask from a server.')
  within('timeoutMs', timeoutMs, 1, 60_000)
  within('perMinute', perMinute, 1, 100_000)
  within('cacheSeconds', cacheSeconds, 0, 30)
  within('cacheEntries', cacheEntries, 0, 100_000)
  return { url: addressOf(options), key, timeoutMs, perMinute, cacheSeconds, cacheEntries, fetch }
}

function within(name: string, value: number, least: number, most: number) {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new TypeError(`${name}: a whole number from ${least} to ${most}.`)
}

function addressOf({ url, key }: ClientOptions): string {
  const address = URL.canParse(url) ? new URL(url) : null
  if (!address || !/^https?:$/.test(address.protocol) || address.username || address.password)
    throw new TypeError('url: the address of the CRM, such as https://crm.clinic.example.')
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(address.hostname)
  if (key !== undefined && address.protocol === 'http:' && !isHere)
    throw new TypeError('url: a key travels over HTTPS only.')
  return `${address.origin}${address.pathname.replace(/\/+$/, '')}`
}
