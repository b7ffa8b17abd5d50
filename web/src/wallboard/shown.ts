import type { getWallboard } from '@clinicacrm/contract/callbacks.ts'
import { createContext, use } from 'react'
import type { ReplyOf } from '../api.ts'

type Value = {
  board: ReplyOf<typeof getWallboard>
  /** The day it counts from, by the clocks of the first clinic. */
  today: string
  zone: string
  clinic: string[] | undefined
}

/** What the wallboard shows just now, for its parts. */
export const Shown = createContext<Value | null>(null)

export function useShown(): Value {
  const value = use(Shown)
  if (!value) throw new Error('useShown() is for parts of the wallboard')
  return value
}
