import { z } from 'zod'
import { connector } from '../connector.ts'
import { words } from './words.ts'

/** Its agents’ application shows pages that a Studio script opens. */
export const niceCxone = connector({
  name: 'nice-cxone',
  title: 'NICE CXone',
  words,
  settings: z.strictObject({}),
  frameOrigins: ['https://*.nice-incontact.com', 'https://*.niceincontact.com', 'https://*.nicecxone.com'],
  isUntested: true,
})
