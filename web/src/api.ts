import type { Endpoint } from '@clinicacrm/contract/endpoint.ts'
import { frameHeader } from '@clinicacrm/contract/frames.ts'
import type { z } from 'zod'
import { serverAnswered } from './connection.ts'
import { isAtTheDesk } from './at-the-desk.ts'
import { preloaded } from './preloaded.ts'

/** One part of an input. It may be left out when the endpoint has none, or when nothing in it must be said. */
type Part<Name extends string, Schema> = Schema extends z.ZodUndefined
  ? { [N in Name]?: undefined }
  : Schema extends z.ZodType
    ? object extends z.input<Schema>
      ? { [N in Name]?: z.input<Schema> | undefined }
      : { [N in Name]: z.input<Schema> }
    : never

export type InputOf<E extends Endpoint> = Part<'params', NonNullable<E['params']>> &
  Part<'query', NonNullable<E['query']>> &
  Part<'body', NonNullable<E['body']>>
export type ReplyOf<E extends Endpoint> = z.output<E['reply']>

export type CallOptions = {
  headers?: Record<string, string>
  signal?: AbortSignal
  /** Goes on when the page it comes from is closed. */
  keepalive?: boolean
}

/** A refusal in the server's words, or `offline` where no answer came at all. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly code: string
  /** Wrong fields, each with what is wrong. */
  readonly fields: { field: string; message: string }[]
  /** What travels with the refusal; `retry_after` in seconds, where the server says how long to wait. */
  readonly details: Record<string, unknown>

  constructor(status: number, code: string, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
    this.fields = Array.isArray(details.fields) ? details.fields : []
  }
}

const patienceMs = 15_000

/** Asks the server. The only fetch of the app. */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  { headers = {}, signal, keepalive = false }: CallOptions = {},
): Promise<ReplyOf<E>> {
  const { params, query, body } = input as { params?: Values; query?: Values; body?: unknown }
  const patience = AbortSignal.timeout(patienceMs)
  const response = await ask(preloaded.base_path + pathOf(endpoint.path, params) + queryText(query), {
    method: endpoint.method,
    credentials: 'same-origin',
    keepalive,
    headers: {
      accept: 'application/json',
      // Another site's page cannot send this without asking us first.
      'x-clinicacrm': '1',
      ...(preloaded.frame && { [frameHeader]: preloaded.frame.connector }),
      ...(!isAtTheDesk() && { 'x-clinicacrm-background': '1' }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const reply = await bodyOf(response)
  serverAnswered(!isGateway(response.status, reply))
  if (!response.ok) throw refusal(response, reply)
  return reply as ReplyOf<E>
}

type Values = Record<string, unknown>

async function ask(url: string, init: RequestInit) {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (init.signal?.aborted && (init.signal.reason as Error).name === 'AbortError') throw error
    serverAnswered(false)
    throw new ApiError(0, 'offline', 'The server did not answer.')
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '')
  try {
    return text ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

function refusal({ status, headers }: Response, reply: unknown) {
  const { error, message = error, code, ...details } = (reply ?? {}) as Record<string, unknown>
  const known = typeof code === 'string' ? code : codeOf(status)
  if (status === 401 && known === 'unauthorized') signedOut()
  const retryAfter = Number(headers.get('retry-after'))
  if (retryAfter > 0) details.retry_after = retryAfter
  return new ApiError(status, known, typeof message === 'string' ? message : `HTTP ${status}`, details)
}

/** Proxies in front of us answer in words of their own. */
const isGateway = (status: number, reply: unknown) => reply === undefined && status >= 502 && status <= 504

function codeOf(status: number) {
  if (status === 401) return 'unauthorized'
  return isGateway(status, undefined) ? 'offline' : 'internal'
}

function pathOf(path: string, params: Values = {}) {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
}

function queryText(query: Values = {}) {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one) => (one === undefined ? [] : [[name, String(one)]])),
  )
  return pairs.length ? `?${new URLSearchParams(pairs)}` : ''
}

const listeners = new Set<() => void>()

/** Calls back whenever the server no longer knows who we are. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function signedOut() {
  for (const listener of listeners) listener()
}
