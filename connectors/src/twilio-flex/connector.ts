import { z } from 'zod'
import { connector } from '../connector.ts'

/** A Flex that somebody hosts themselves is at their own site. */
export const twilioFlex = connector({
  name: 'twilio-flex',
  title: 'Twilio Flex',
  settings: z.strictObject({}),
  frameOrigins: ['https://flex.twilio.com'],
})
