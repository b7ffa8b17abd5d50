import { z } from 'zod'
import { connector } from '../connector.ts'

/** It opens addresses in the browser and shows nothing in a frame. */
export const threeCx = connector({
  name: '3cx',
  title: '3CX',
  settings: z.strictObject({}),
  frameOrigins: [],
})
