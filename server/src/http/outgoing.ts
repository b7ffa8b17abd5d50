import dns from 'node:dns/promises'
import http, { type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { OutgoingProblem } from '@clinicacrm/contract/webhooks.ts'
import type { Config } from '../config.ts'
import { createTargets, type Target } from './outgoing-targets.ts'

export type OutgoingRequest = {
  url: string
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Record<string, string>
  body?: string
  /** For everything: finding the address, connecting, the whole answer. */
  timeoutMs?: number
  /** No more of the answer is read. */
  maxBytes?: number
  signal?: AbortSignal
}

/** A redirect is an answer like any other: nobody follows it. `complete` is false where the rest of the text was left. */
export type OutgoingReply = { status: number; headers: IncomingHttpHeaders; text: string; complete: boolean }

/**
 * Asks servers that somebody typed into settings, and only those that are anybody's business: over HTTPS, at public
 * addresses, or where the operator allows more. A name is looked up once, and the connection goes to the addresses that
 * were checked: a name that says something else a moment later gains nothing by it.
 */
export type Outgoing = {
  /** Why an address would be refused; a name that is not found now may be found later, and is none. */
  problemOf(url: string): Promise<OutgoingProblem | null>
  /** Throws `OutgoingError`. */
  send(request: OutgoingRequest): Promise<OutgoingReply>
}

export type OutgoingFailure = OutgoingProblem | 'dns' | 'timeout' | 'tls' | 'connection' | 'given_up'

/** Nobody answered. `detail` is a system's code such as `ECONNREFUSED`. */
export class OutgoingError extends Error {
  override name = 'OutgoingError'
  readonly failure: OutgoingFailure
  readonly detail: string | null

  constructor(failure: OutgoingFailure, detail: string | null = null) {
    super(detail ? `${failure}: ${detail}` : failure)
    this.failure = failure
    this.detail = detail
  }
}

export type Resolve = (host: string, isNamed: boolean) => Promise<string[]>
type Parts = { resolve?: Resolve }

const usualTimeoutMs = 10_000
const usualMaxBytes = 64 * 1024

export function createOutgoing(
  { outgoingAllowedHosts }: Pick<Config, 'outgoingAllowedHosts'>,
  { resolve = resolveHost }: Parts = {},
): Outgoing {
  const targets = createTargets(outgoingAllowedHosts)

  async function addressesOf(target: Target): Promise<string[]> {
    if (isIP(target.host)) return [target.host]
    const addresses = await resolve(target.host, targets.isNamed(target)).catch(() => [])
    if (addresses.length === 0) throw new OutgoingError('dns')
    return addresses
  }

  return {
    async problemOf(url) {
      const target = targets.read(url)
      if (typeof target === 'string') return target
      const unseen = targets.problemOf(target, [])
      // A range may yet allow what is not HTTPS.
      const addresses = await addressesOf(target).catch(() => null)
      return addresses ? targets.problemOf(target, addresses) : unseen
    },
    async send({ url, timeoutMs = usualTimeoutMs, maxBytes = usualMaxBytes, signal, ...request }) {
      const target = targets.read(url)
      if (typeof target === 'string') throw new OutgoingError(target)
      const deadline = AbortSignal.timeout(timeoutMs)
      const ending = signal ? AbortSignal.any([deadline, signal]) : deadline
      const addresses = await before(ending, addressesOf(target)).catch((error: Error) => {
        throw failureOf(error, deadline, signal)
      })
      const problem = targets.problemOf(target, addresses)
      if (problem) throw new OutgoingError(problem)
      try {
        const options = { ...optionsFor(target, addresses, request), signal: ending }
        return await read(await answerTo(target, options, request.body), maxBytes)
      } catch (error) {
        throw failureOf(error as Error, deadline, signal)
      }
    },
  }
}

function optionsFor(
  { url, host, port }: Target,
  addresses: string[],
  { method = 'POST', headers, body }: OutgoingRequest | Omit<OutgoingRequest, 'url'>,
): RequestOptions & https.RequestOptions {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return {
    method,
    host,
    port,
    path: url.pathname + url.search,
    headers: { 'accept-encoding': 'identity', ...headers, ...length },
    lookup: pinnedTo(addresses),
    // A connection of its own: none is kept for a request that was checked otherwise.
    agent: false,
  }
}

/** Answers with what was checked, whatever is asked. */
const pinnedTo =
  (addresses: string[]): LookupFunction =>
  (_host, { all }, callback) => {
    const known = addresses.map((address) => ({ address, family: isIP(address) }))
    if (all) callback(null, known)
    else callback(null, known[0]!.address, known[0]!.family)
  }

function answerTo({ url }: Target, options: RequestOptions, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(options, resolve)
    request.on('error', reject)
    request.end(body)
  })
}

/** What came says whether the request was taken; how its text ends is of less interest. */
async function read(response: IncomingMessage, maxBytes: number): Promise<OutgoingReply> {
  const parts: Buffer[] = []
  let left = maxBytes
  let complete = true
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      parts.push(chunk.subarray(0, left))
      left -= chunk.length
      if (left < 0) break
    }
  } catch {
    complete = false
  }
  const { statusCode: status = 0, headers } = response
  return { status, headers, text: Buffer.concat(parts).toString('utf8'), complete: complete && left >= 0 }
}

function failureOf(error: Error, deadline: AbortSignal, signal: AbortSignal | undefined): OutgoingError {
  if (error instanceof OutgoingError) return error
  if (signal?.aborted) return new OutgoingError('given_up')
  if (deadline.aborted) return new OutgoingError('timeout')
  const code = 'code' in error ? String(error.code) : error.name
  const isTls = /CERT|TLS|SSL|SIGNED|ISSUER|UNABLE_TO|ALTNAME/.test(code)
  return new OutgoingError(isTls ? 'tls' : 'connection', code)
}

function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason as Error)
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', onAbort))
}

/**
 * What the operator named may stand in this machine's own lists. Everybody else is asked for over the network only: the
 * system's own look-up would hold one of a few threads, which passwords need, for as long as a slow name server likes.
 */
async function resolveHost(host: string, isNamed: boolean): Promise<string[]> {
  if (isNamed) return (await dns.lookup(host, { all: true })).map(({ address }) => address)
  const resolver = new dns.Resolver({ timeout: 2_000, tries: 2 })
  const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  return found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
}
