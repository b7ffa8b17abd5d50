import { useSyncExternalStore } from 'react'

/** Whether the server answered when we last asked; a gateway in front of it that gave up is no answer. */
let answers = true
const watchers = new Set<() => void>()

export function serverAnswered(now: boolean): void {
  if (now === answers) return
  answers = now
  for (const watcher of watchers) watcher()
}

export const useServerAnswers = (): boolean =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => answers,
  )
