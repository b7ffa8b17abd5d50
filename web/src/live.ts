import { type LiveEvent, livePath } from '@clinicacrm/contract/desk.ts'
import { useEffect, useEffectEvent } from 'react'
import { preloaded } from './preloaded.ts'
import { queryClient } from './query.ts'

/** Calls back for everything that somebody changes and that we may see. All of a tab's pages share one connection. */
export function useLive(listener: (event: LiveEvent) => void): void {
  const heard = useEffectEvent(listener)
  useEffect(() => listen((event) => heard(event)), [])
}

const listeners = new Set<(event: LiveEvent) => void>()
let source: EventSource | null = null
let retry: ReturnType<typeof setTimeout> | undefined
let wasCut = false

function listen(listener: (event: LiveEvent) => void) {
  listeners.add(listener)
  if (!source) connect()
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) disconnect()
  }
}

const retryMs = 5_000

function connect() {
  source = new EventSource(preloaded.base_path + livePath)
  source.addEventListener('open', caughtUp)
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const event = JSON.parse(data) as LiveEvent
    for (const listener of listeners) listener(event)
  })
  source.addEventListener('error', () => {
    wasCut = true
    // The browser tries again by itself unless the server refused; then somebody may sign in again later.
    if (source?.readyState !== EventSource.CLOSED) return
    disconnect()
    retry = setTimeout(connect, retryMs)
  })
}

/** Whatever happened while the line was cut was not heard. */
function caughtUp() {
  if (wasCut) void queryClient.invalidateQueries()
  wasCut = false
}

function disconnect() {
  clearTimeout(retry)
  source?.close()
  source = null
}
