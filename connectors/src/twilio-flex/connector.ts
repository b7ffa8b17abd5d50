import { z } from 'zod'
import { connector } from '../connector.ts'
import { words } from './words.ts'

/** A Flex that somebody hosts themselves is at their own site. */
export const twilioFlex = connector({
  name: 'twilio-flex',
  title: 'Twilio Flex',
  words,
  settings: z.strictObject({}),
  frameOrigins: ['https://flex.twilio.com'],
})
