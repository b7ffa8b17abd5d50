import { z } from 'zod'
import { connector } from '../connector.ts'
import { words } from './words.ts'

/** Collaboration opens a page of ours when a call comes. */
export const wildix = connector({
  name: 'wildix',
  title: 'Wildix',
  words,
  settings: z.strictObject({}),
  frameOrigins: [],
  isUntested: true,
})
