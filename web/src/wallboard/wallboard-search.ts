import { definedOnly, textsOf } from '../search-values.ts'

export type WallboardSearch = { clinic?: string[] }

export const readWallboardSearch = (raw: Record<string, unknown>): WallboardSearch =>
  definedOnly({ clinic: textsOf(raw.clinic) }) as WallboardSearch
