import { z } from 'zod'
import { connector } from '../connector.ts'
import { words } from './words.ts'

/** Its automations call services in a format of their own; ours are asked from its flows. */
export const talkdesk = connector({
  name: 'talkdesk',
  title: 'Talkdesk',
  words,
  settings: z.strictObject({}),
  frameOrigins: [],
  isUntested: true,
})
