import { useSyncExternalStore } from 'react'
import type { Wish, Wishes } from './pop-state.ts'

const name = 'clinicacrm.calls'
let wishes: Wishes = new Map()
const watchers = new Set<() => void>()
let others: BroadcastChannel | null = null

/** What became of the cards in this tab. */
export const useWishes = (): Wishes => useSyncExternalStore(watch, () => wishes)

/** A card put away in one tab is not to come up in the next; one asked for comes up where it was asked for. */
export function wish(key: string, what: Wish): void {
  keep(key, what)
  if (what === 'away') others?.postMessage(key)
}

function keep(key: string, what: Wish) {
  wishes = new Map(wishes).set(key, what)
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void) {
  watchers.add(watcher)
  if (!others) {
    others = new BroadcastChannel(name)
    others.addEventListener('message', ({ data }: MessageEvent<string>) => keep(data, 'away'))
  }
  return () => {
    watchers.delete(watcher)
    if (watchers.size > 0) return
    others?.close()
    others = null
  }
}
