import { z } from 'zod'
import { connector } from '../connector.ts'
import { words } from './words.ts'

/** Its Launch URL opens pages of ours; its flows tell of calls. */
export const zoomContactCenter = connector({
  name: 'zoom-contact-center',
  title: 'Zoom Contact Center',
  words,
  settings: z.strictObject({}),
  frameOrigins: [],
  isUntested: true,
})
