import { z } from 'zod'
import { connector } from '../connector.ts'
import { words } from './words.ts'

/** Its CTI opens a page of ours; its Asterisk is told of under asterisk. */
export const nethvoice = connector({
  name: 'nethvoice',
  title: 'NethVoice',
  words,
  settings: z.strictObject({}),
  frameOrigins: [],
  isUntested: true,
})
