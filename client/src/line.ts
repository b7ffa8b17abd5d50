import { createMinute } from './minute.ts'
import type { Failure, FailureCode } from './results.ts'
import { unlessStopped } from './stopping.ts'

/** The longest answer there is has a few KiB; whoever sends more is no CRM. */
const longest = 1024 * 1024

export type Answer = { kind: 'answer'; status: number; body: unknown }

/** Posts JSON to the CRM: in time, twice at most, and without ever throwing. */
export type Line = { post(path: string, body: unknown, signal?: AbortSignal): Promise<Answer | Failure> }

type Settings = { url: string; key: string | undefined; timeoutMs: number; perMinute: number; fetch: typeof fetch }

export function createLine({ url, key, timeoutMs, perMinute, fetch }: Settings): Line {
  const minute = createMinute(perMinute)

  async function post(path: string, body: unknown, signal: AbortSignal | undefined): Promise<Answer | Failure> {
    const text = JSON.stringify(body)
    const init: RequestInit = {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', ...(key && { 'x-api-key': key }) },
      body: text,
      // Without a key it is the person at this browser who asks.
      credentials: key ? 'omit' : 'include',
      // A key is for the address it was given with.
      redirect: 'manual',
      cache: 'no-store',
    }
    return within(timeoutMs, signal, async (stop) => {
      const wait = minute.take()
      if (wait) return failure('rate_limited', 'Asking more would be too much for this minute.', { retryAfter: wait })
      const first = await once(`${url}${path}`, { ...init, signal: stop })
      if (!isLost(first) || stop.aborted || minute.take() > 0) return first
      return once(`${url}${path}`, { ...init, signal: stop })
    })
  }

  async function once(address: string, init: RequestInit): Promise<Answer | Failure> {
    try {
      const answer = await read(await fetch(address, init))
      if (answer.status === 429) minute.pause(answer.retryAfter ?? 1)
      return answer
    } catch {
      return failure('network', 'The CRM could not be reached.')
    }
  }

  return {
    async post(path, body, signal) {
      try {
        return await post(path, body, signal)
      } catch {
        return failure('invalid_request', 'What was to be sent cannot be written as JSON.')
      }
    },
  }
}

export const failure = (code: FailureCode, message: string, more: Partial<Failure> = {}): Failure => ({
  kind: 'error',
  code,
  ...more,
  message,
})

export const strange = (status: number): Failure =>
  failure('unexpected_answer', 'What answered is not a ClínicaCRM.', { status })

const isLost = (answer: Answer | Failure) => answer.kind === 'error' && answer.code === 'network'

/** Both tries share one time. What ignores that it was stopped is left behind. */
async function within(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  work: (stop: AbortSignal) => Promise<Answer | Failure>,
): Promise<Answer | Failure> {
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  const timer = setTimeout(stop, timeoutMs)
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  try {
    return await unlessStopped(work(stopping.signal), stopping.signal, () =>
      signal?.aborted
        ? failure('aborted', 'The question was withdrawn.')
        : failure('timeout', `The CRM did not answer within ${timeoutMs} ms.`),
    )
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

type Read = (Answer | Failure) & { retryAfter?: number }

async function read(response: Response): Promise<Read> {
  const { status, type, headers } = response
  // Browsers hide where a redirect leads, and its status with it.
  const isElsewhere = type === 'opaqueredirect' || (status >= 300 && status < 400)
  const retryAfter = secondsIn(headers.get('retry-after'))
  const more = { ...(status > 0 && { status }), ...(retryAfter !== undefined && { retryAfter }) }
  const refusal = isElsewhere ? elsewhere : refusalFor(status)
  if (refusal) {
    await response.body?.cancel()
    return failure(...refusal, more)
  }
  const body = await jsonOf(response)
  return body === undefined ? strange(status) : { kind: 'answer', status, body }
}

const elsewhere = ['unexpected_answer', 'The address leads elsewhere; redirects are not followed.'] as const

/** Those that say all there is to know; the body may come from whatever stands before the CRM. */
function refusalFor(status: number): readonly [FailureCode, string] | null {
  if (status === 429) return ['rate_limited', 'The CRM asks for fewer requests.']
  if (status === 401) return ['unauthorized', 'The CRM does not know this key or session.']
  if (status === 403) return ['forbidden', 'This key or person may not do this.']
  if (status === 408 || status >= 500) return ['unavailable', 'The CRM cannot answer now.']
  return null
}

/** Undefined where it is no JSON. */
async function jsonOf(response: Response): Promise<unknown> {
  const text = await textOf(response)
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

async function textOf({ body }: Response): Promise<string | undefined> {
  if (!body) return undefined
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let read = 0; ;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    read += value.byteLength
    if (read > longest) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(value, { stream: true })
  }
}

/** In seconds or as a date, as HTTP has it. */
function secondsIn(header: string | null): number | undefined {
  if (header === null || header.trim() === '') return undefined
  const seconds = Number(header)
  const until = Number.isNaN(seconds) ? (Date.parse(header) - Date.now()) / 1000 : seconds
  return Number.isFinite(until) ? Math.max(0, Math.ceil(until)) : undefined
}
