import { z } from 'zod'
import { connector } from '../connector.ts'
import { words } from './words.ts'

/** The agent’s desktop is at the region’s own host. */
export const genesysCloud = connector({
  name: 'genesys-cloud',
  title: 'Genesys Cloud',
  words,
  settings: z.strictObject({}),
  frameOrigins: [
    'https://apps.mypurecloud.de',
    'https://apps.mypurecloud.ie',
    'https://apps.euw2.pure.cloud',
    'https://apps.euc2.pure.cloud',
    'https://apps.mypurecloud.com',
  ],
})
