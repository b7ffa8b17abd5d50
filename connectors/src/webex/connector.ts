import { z } from 'zod'
import { connector } from '../connector.ts'
import { words } from './words.ts'

/** Its flows open pages of ours in the agents’ desktop. */
export const webex = connector({
  name: 'webex',
  title: 'Webex Contact Center',
  words,
  settings: z.strictObject({}),
  frameOrigins: [
    'https://desktop.wxcc-us1.cisco.com',
    'https://desktop.wxcc-eu1.cisco.com',
    'https://desktop.wxcc-eu2.cisco.com',
  ],
  isUntested: true,
})
