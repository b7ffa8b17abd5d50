import { z } from 'zod'
import { connector } from '../connector.ts'
import { words } from './words.ts'

/** The host of the one instance is narrower, where it is known. */
export const amazonConnect = connector({
  name: 'amazon-connect',
  title: 'Amazon Connect',
  words,
  settings: z.strictObject({}),
  frameOrigins: ['https://*.my.connect.aws', 'https://*.awsapps.com'],
})
