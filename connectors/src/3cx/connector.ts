import { z } from 'zod'
import { connector } from '../connector.ts'
import { words } from './words.ts'

/** It opens addresses in the browser and shows nothing in a frame. */
export const threeCx = connector({
  name: '3cx',
  title: '3CX',
  words,
  settings: z.strictObject({}),
  frameOrigins: [],
})
