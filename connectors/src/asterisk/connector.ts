import { z } from 'zod'
import { connector, jsonIn, posted, readingOf } from '../connector.ts'
import { words } from './words.ts'

const settings = z.strictObject({
  ami_host: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9.:-]{1,200}$/, 'must be a name or an address')
    .default('127.0.0.1'),
  ami_user: z
    .string()
    .trim()
    .regex(/^[\w-]{1,40}$/, 'must be letters, digits, - and _')
    .default('clinicacrm'),
  extensions: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine(isPattern, 'must be a regular expression, such as ^[0-9]{2,5}$')
    .default('^[0-9]{2,5}$'),
})

/** Asterisk and what is built on it: FreePBX, NethVoice. A bridge beside it posts what it makes of AMI's events. */
export const asterisk = connector({
  name: 'asterisk',
  title: 'Asterisk (FreePBX, NethVoice)',
  words,
  settings,
  frameOrigins: [],
  takes: 'key',
  files: [
    { file: 'clinicacrm_extensions.conf', templates: ['clinicacrm_extensions.conf'] },
    { file: 'clinicacrm_manager.conf', templates: ['clinicacrm_manager.conf'] },
    { file: 'clinicacrm-asterisk.service', templates: ['clinicacrm-asterisk.service'] },
  ],
  values: ({ ami_host, ami_user, extensions }) => ({ ami_host, ami_user, extensions: forUnit(extensions) }),
  events: {
    readEvents({ rawBody }) {
      const body = jsonIn(rawBody)
      if (body === undefined) return { events: [], problems: ['body: is not JSON'] }
      const said: unknown[] = Array.isArray(body) ? body : [body]
      return readingOf(
        said.map((one) => (typeof one === 'object' && one !== null ? { ...one, provider: 'asterisk' } : one)),
      )
    },
    isGenuine: () => true,
    trial: ({ agent, ...call }) =>
      posted([{ ...call, direction: 'inbound', ...(call.event !== 'ended' && { agent }) }]),
    reply: (_request, _settings, { replies, problems }) => ({
      status: problems.length > 0 && replies.length === 0 ? 400 : 200,
      contentType: 'application/json; charset=utf-8',
      body: JSON.stringify({ taken: replies.length, problems }),
    }),
  },
})

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp && !/[\r\n]/.test(text)
  } catch {
    return false
  }
}

/** As systemd reads an argument in double quotes. */
const forUnit = (text: string) =>
  text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('$', () => '$$')
    .replaceAll('%', '%%')
