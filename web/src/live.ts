import { type LiveEvent, livePath } from '@clinicacrm/contract/desk.ts'
import { frameParameter } from '@clinicacrm/contract/frames.ts'
import { useEffect, useEffectEvent } from 'react'
import { preloaded } from './preloaded.ts'
import { queryClient } from './query.ts'

/** Calls back for everything that somebody changes and that we may see. */
export function useLive(listener: (event: LiveEvent) => void): void {
  const heard = useEffectEvent(listener)
  useEffect(() => listen((event) => heard(event)), [])
}

/** A platform's frame has a session of its own, and may belong to somebody else than the tabs beside it. */
const name = preloaded.frame ? `clinicacrm.live.${preloaded.frame.connector}` : 'clinicacrm.live'
const retryMs = 5_000
const listeners = new Set<(event: LiveEvent) => void>()
let leave: (() => void) | null = null

function listen(listener: (event: LiveEvent) => void) {
  listeners.add(listener)
  leave ??= join()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    leave?.()
    leave = null
  }
}

/**
 * All tabs of a browser share one connection, as a browser opens six to a server at most and agents have more tabs than
 * that. Whoever holds the lock listens for all; when that tab closes, the next one takes over.
 */
function join(): () => void {
  const others = new BroadcastChannel(name)
  const leaving = new AbortController()
  others.addEventListener('message', ({ data }: MessageEvent<LiveEvent>) => hear(data))
  const joined = Date.now()
  const tell = (event: LiveEvent) => {
    hear(event)
    others.postMessage(event)
  }
  // Between the tab that closed and this one nobody listened.
  const lead = () => connect(tell, leaving.signal, { wasCut: Date.now() - joined > 1_000 })
  // Browsers hide their locks from pages without TLS; there each tab listens for itself.
  if ('locks' in navigator) {
    // Nor has a frame any whose storage the browser keeps shut.
    navigator.locks
      .request(name, { signal: leaving.signal }, lead)
      .catch(() => (leaving.signal.aborted ? undefined : lead()))
  } else void lead()
  return () => {
    leaving.abort()
    others.close()
  }
}

function hear(event: LiveEvent) {
  if (event.kind === 'refresh') void queryClient.invalidateQueries()
  for (const listener of listeners) listener(event)
}

/** A stream of events cannot carry the header that says so. */
const ofFrame = ({ connector }: { connector: string }) => `?${frameParameter}=${encodeURIComponent(connector)}`

/** Listens until `signal` says stop; the promise ends with it. */
function connect(
  tell: (event: LiveEvent) => void,
  signal: AbortSignal,
  { wasCut }: { wasCut: boolean },
): Promise<void> {
  // The lock may be given just after it was no longer wanted.
  if (signal.aborted) return Promise.resolve()
  let source = open()
  let retry: ReturnType<typeof setTimeout> | undefined

  function open() {
    const opened = new EventSource(preloaded.base_path + livePath + (preloaded.frame ? ofFrame(preloaded.frame) : ''))
    opened.addEventListener('open', () => {
      // The server's memory is short, and another server may have answered: what happened meanwhile was not heard.
      if (wasCut) tell({ kind: 'refresh', id: '', what: '', actor: '' })
      wasCut = false
    })
    opened.addEventListener('message', ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as LiveEvent))
    opened.addEventListener('error', () => {
      wasCut = true
      // The browser tries again by itself unless the server refused; then somebody may sign in again later.
      if (opened.readyState !== EventSource.CLOSED) return
      retry = setTimeout(() => (source = open()), retryMs)
    })
    return opened
  }
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      clearTimeout(retry)
      source.close()
      resolve()
    })
  })
}
