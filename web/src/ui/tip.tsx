import type { FloatingPosition } from '@mantine/core'
import { type ComponentType, lazy, type ReactNode, Suspense, useState, useSyncExternalStore } from 'react'
import classes from './tip.module.css'

type Drawn = { target: HTMLElement; label: ReactNode; position: FloatingPosition; disabled: boolean }

/** A page does without tips when the server has just gone away. */
const Tooltip = lazy(() =>
  import('./tooltip.ts').then(
    ({ Tooltip }): { default: ComponentType<Drawn> } => ({ default: Tooltip }),
    () => ({ default: () => null }),
  ),
)

type Props = { label: ReactNode; position?: FloatingPosition; disabled?: boolean; children: ReactNode }

/**
 * A tooltip for who looks; its control must have a name of its own. What draws it weighs as much as the router and is
 * fetched when a pointer or a key first moves, never for the first paint.
 */
export function Tip({ label, position = 'top', disabled = false, children }: Props) {
  const isTouched = useSyncExternalStore(watch, () => touched)
  const [control, setControl] = useState<Element | null>(null)
  return (
    <>
      <span className={classes.around} ref={(around) => setControl(around?.firstElementChild ?? null)}>
        {children}
      </span>
      {isTouched && control instanceof HTMLElement && (
        <Suspense>
          <Tooltip target={control} label={label} position={position} disabled={disabled} />
        </Suspense>
      )}
    </>
  )
}

let touched = false
const watchers = new Set<() => void>()
const firstTouches = ['pointermove', 'keydown'] as const

function watch(watcher: () => void) {
  if (!touched && watchers.size === 0) for (const name of firstTouches) addEventListener(name, touch, { passive: true })
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

function touch() {
  touched = true
  for (const name of firstTouches) removeEventListener(name, touch)
  for (const watcher of watchers) watcher()
}
