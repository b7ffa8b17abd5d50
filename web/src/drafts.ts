import { useState } from 'react'
import { useMe } from './session.ts'
import { storage } from './storage.ts'

const prefix = 'clinicacrm.draft.'
const keptMs = 7 * 24 * 3_600_000

type Kept<T> = { value: T; at: number }

export type Draft<T> = {
  value: T
  /** Keeps it at once: a tab may crash at any moment. */
  set(value: T): void
  /** After it was saved, or thrown away. */
  clear(): void
  /** When what is shown now was typed, if it comes from an earlier visit. */
  restoredAt: Date | null
}

/** What somebody types and has not saved yet, kept in this browser under a key such as `note.9`, for seven days. */
export function useDraft<T>(key: string, empty: T): Draft<T> {
  const name = `${prefix}${useMe().user.id}.${key}`
  const [state, setState] = useState(() => opened(name, empty))
  const current = state.name === name ? state : opened(name, empty)
  // Another patient's page must not open with the draft of this one.
  if (current !== state) setState(current)
  return {
    value: current.value,
    restoredAt: current.restoredAt,
    set(value) {
      // What was typed and taken back is nothing to keep, or to warn about.
      if (JSON.stringify(value) === JSON.stringify(empty)) forget(name)
      else keep(name, { value, at: Date.now() })
      setState({ ...current, value })
    },
    clear() {
      forget(name)
      setState({ name, value: empty, restoredAt: null })
    },
  }
}

function opened<T>(name: string, empty: T) {
  const kept = read<T>(name)
  return { name, value: kept ? kept.value : empty, restoredAt: kept ? new Date(kept.at) : null }
}

/** Keys of what this user has not saved yet. */
export const draftsOf = (userId: string): string[] =>
  storage.names().filter((name) => name.startsWith(`${prefix}${userId}.`))

export function forgetDraftsOf(userId: string): void {
  for (const name of draftsOf(userId)) forget(name)
}

function read<T>(name: string): Kept<T> | null {
  const text = storage.get(name)
  if (text === null) return null
  try {
    const kept = JSON.parse(text) as Kept<T>
    if (Date.now() - kept.at < keptMs) return kept
  } catch {
    // Not ours: as good as nothing.
  }
  forget(name)
  return null
}

const keep = <T>(name: string, kept: Kept<T>) => storage.set(name, JSON.stringify(kept))
const forget = (name: string) => storage.remove(name)
