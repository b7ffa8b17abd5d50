import { z } from 'zod'
import { connector, jsonIn, posted, problemOf, readingOf } from '../connector.ts'
import { eventsOf, journal } from './journal.ts'
import { words } from './words.ts'

const settings = z.strictObject({
  journaling: z.enum(['on', 'off']).default('on'),
  number_prefix: z.enum(['Zeros', 'Plus', 'AsIs', 'Off']).default('Zeros'),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, 'must be a country code of two letters, such as IT')
    .default('IT'),
})

/** 3CX asks who calls, opens `/pop` in the agent's browser, and tells of a call once it is over. */
export const threeCx = connector({
  name: '3cx',
  title: '3CX',
  words,
  settings,
  frameOrigins: [],
  takes: 'key',
  files: [{ file: 'clinicacrm-3cx.xml', templates: ['clinicacrm.xml'] }],
  values: ({ journaling, number_prefix, country }) => ({
    journaling: journaling === 'on' ? 'True' : 'False',
    number_prefix,
    country,
  }),
  events: {
    readEvents({ rawBody }) {
      const body = jsonIn(rawBody)
      if (body === undefined) return { events: [], problems: ['body: is not JSON'] }
      const told = journal.safeParse(body)
      if (!told.success) return { events: [], problems: told.error.issues.map((issue) => problemOf(issue, null)) }
      return readingOf(eventsOf(told.data))
    },
    isGenuine: () => true,
    trial: ({ call_id, event, from, agent }) =>
      posted({
        number: from,
        call_type: event === 'ringing' ? 'Ringing' : event === 'answered' ? 'Inbound' : 'Missed',
        agent_email: agent,
        duration: '00:00:00',
        started_at: 'now',
        call_id,
      }),
    reply: (_request, _settings, { problems }) => ({
      status: problems.length > 0 ? 400 : 200,
      contentType: 'application/json; charset=utf-8',
      body: JSON.stringify({ problems }),
    }),
  },
})
