import { z } from 'zod'
import { connector } from '../connector.ts'
import { domains, sourcesOf, usual } from './sites.ts'
import { words } from './words.ts'

/** Of one host: a policy would read a `*` as any. */
function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  return protocol === 'https:' && /^[a-z0-9.-]+$/.test(hostname) && !username && !password
}
const address = z.string().trim().max(500).refine(isSafe, 'must be an address over https')

const settings = z.strictObject({
  sdk_url: address.default(usual.sdk_url).meta({ description: 'Five9’s CRM SDK; their own file, never a copy.' }),
  adt_url: address.default(usual.adt_url).meta({ description: 'Five9’s Agent Desktop Toolkit.' }),
  sso_url: z
    .string()
    .trim()
    .max(500)
    .refine((text) => text === '' || isSafe(text), 'must be an address over https')
    .default('')
    .meta({ description: 'Where agents sign in, for domains with single sign-on.' }),
  default_region: z
    .string()
    .trim()
    .regex(/^(\+[1-9]\d{0,2})?$/, 'must be a country code such as +39')
    .default('')
    .meta({ description: 'Country code of numbers that come without one; the CRM’s own country unless said.' }),
  strip_prefixes: z
    .string()
    .trim()
    .regex(/^[\d\s,]{0,100}$/, 'must be digits, several with commas')
    .default('')
    .meta({ description: 'What Five9 puts before national numbers, such as 01139.' }),
  call_id: z
    .enum(['interaction', 'session'])
    .default('interaction')
    .meta({ description: 'Which of Five9’s ids names a call.' }),
  dial_as: z
    .enum(['e164', 'us'])
    .default('e164')
    .meta({ description: 'How numbers are handed to Five9 to dial: +39…, or 01139… and ten digits.' }),
  shows_names: z
    .boolean()
    .default(true)
    .meta({ description: 'Whether patients’ names stand in Five9’s list; without, the numbers of the cases do.' }),
})

/** Five9's telephone is shown inside the CRM; its web connectors and its flows ask from outside. */
export const five9 = connector({
  name: 'five9',
  title: 'Five9',
  words,
  settings,
  frameOrigins: ['https://app.five9.com', 'https://*.five9.com', 'https://*.five9.net'],
  softphone: { sources: sourcesOf, trusted: { sdk_url: domains, adt_url: domains } },
  files: [
    { file: 'five9-web-connector.csv', templates: ['web-connector.csv'] },
    { file: 'five9-ivr-query.csv', templates: ['ivr-query.csv'] },
  ],
})
