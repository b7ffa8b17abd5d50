import { useSyncExternalStore } from 'react'

const everyMs = 30_000
let now = new Date()
const watchers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** The present, for texts such as "in 5 minutes": one clock for the whole page, which stands when nobody looks. */
export const useNow = (): Date => useSyncExternalStore(watch, () => now)

function watch(watcher: () => void) {
  watchers.add(watcher)
  if (watchers.size === 1) {
    timer = setInterval(tick, everyMs)
    document.addEventListener('visibilitychange', tick)
  }
  return () => {
    watchers.delete(watcher)
    if (watchers.size > 0) return
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  }
}

function tick() {
  if (document.hidden) return
  now = new Date()
  for (const watcher of watchers) watcher()
}
