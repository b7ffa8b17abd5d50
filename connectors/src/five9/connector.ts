import { z } from 'zod'
import { connector } from '../connector.ts'
import { words } from './words.ts'

/** Most often it is Five9 that is shown inside the CRM. */
export const five9 = connector({
  name: 'five9',
  title: 'Five9',
  words,
  settings: z.strictObject({}),
  frameOrigins: ['https://app.five9.com', 'https://*.five9.com', 'https://*.five9.net'],
})
