import { z } from 'zod'
import { connector } from '../connector.ts'
import { words } from './words.ts'

/** RingCentral’s own widget would stand in a page of ours; that is not built. */
export const ringcx = connector({
  name: 'ringcx',
  title: 'RingCX',
  words,
  settings: z.strictObject({}),
  frameOrigins: [],
  isUntested: true,
})
