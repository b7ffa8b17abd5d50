import { z } from 'zod'
import { connector, jsonIn, posted, readingOf } from '../connector.ts'
import { words } from './words.ts'

const settings = z.strictObject({
  provider: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .default('api')
    .meta({ description: 'The platform’s name, for events that say none.' }),
})

/** Our own words, as `POST /api/calls/events` takes them; several events as an array. */
export const ownJson = connector({
  name: 'own-json',
  title: 'ClínicaCRM JSON',
  words,
  settings,
  frameOrigins: [],
  files: [{ file: 'clinicacrm-event.sh', templates: ['clinicacrm-event.sh'] }],
  events: {
    readEvents({ rawBody }, { provider }) {
      const body = jsonIn(rawBody)
      if (body === undefined) return { events: [], problems: ['body: is not JSON'] }
      const said: unknown[] = Array.isArray(body) ? body : [body]
      return readingOf(said.map((one) => (isObject(one) ? { provider, ...one } : one)))
    },
    isGenuine: () => true,
    trial: (call) => posted(call),
    reply: (_request, _settings, { replies, problems }) => ({
      status: problems.length > 0 && replies.length === 0 ? 400 : 200,
      contentType: 'application/json; charset=utf-8',
      body: JSON.stringify({ events: replies, problems }),
    }),
  },
})

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
