import type { getWallboard } from '@clinicacrm/contract/callbacks.ts'
import { createContext, use } from 'react'
import type { ReplyOf } from '../api.ts'

type Value = {
  board: ReplyOf<typeof getWallboard>
  /** The day that it counts, by the clocks of its zone. */
  today: string
  clinic: string[] | undefined
}

/** What the wallboard shows just now, for its parts. */
export const Shown = createContext<Value | null>(null)

export function useShown(): Value {
  const value = use(Shown)
  if (!value) throw new Error('useShown() is for parts of the wallboard')
  return value
}
