import { type ComponentType, lazy, Suspense, useEffect, useSyncExternalStore } from 'react'
import { announce } from './announce.tsx'

export type Toast = { text: string; isTrouble?: boolean; action?: { label: string; run: () => void } }

const load = () => import('./toasts.tsx')
const Toasts = lazy(() =>
  load().then(
    ({ Toasts }): { default: ComponentType } => ({ default: Toasts }),
    () => ({ default: () => null }),
  ),
)

let hasSpoken = false
const watchers = new Set<() => void>()

/** A sentence about what was just done, with a way back where there is one; said to who listens, too. */
export function toast(said: Toast): void {
  announce(said.text, said.isTrouble ? 'assertive' : 'polite')
  hasSpoken = true
  for (const watcher of watchers) watcher()
  void load().then(
    ({ show }) => show(said),
    () => undefined,
  )
}

const idleMs = 2_500

/** Once, around all pages: where toasts appear. The first paint does without; trouble with the server finds it here. */
export function ToastPlace() {
  const isNeeded = useSyncExternalStore(watch, () => hasSpoken)
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), idleMs)
    return () => clearTimeout(timer)
  }, [])
  return <Suspense>{isNeeded && <Toasts />}</Suspense>
}

function watch(watcher: () => void) {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
