import { VisuallyHidden } from '@mantine/core'
import { useSyncExternalStore } from 'react'

type Said = { polite: string; assertive: string }
let said: Said = { polite: '', assertive: '' }
const watchers = new Set<() => void>()

/** Says a sentence to who listens instead of looking. `assertive` interrupts; keep it for calls and trouble. */
export function announce(sentence: string, how: keyof Said = 'polite'): void {
  // The same sentence twice is news to nobody unless it changes in between.
  const again = said[how] === sentence ? `${sentence}\u00a0` : sentence
  said = { ...said, [how]: again }
  for (const watcher of watchers) watcher()
}

/** Once, at the root of the app: regions that are there before anything is said into them. */
export function Announcer() {
  const { polite, assertive } = useSyncExternalStore(watch, () => said)
  return (
    <VisuallyHidden>
      <div role="status" aria-live="polite">
        {polite}
      </div>
      <div role="alert" aria-live="assertive">
        {assertive}
      </div>
    </VisuallyHidden>
  )
}

function watch(watcher: () => void) {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
