import { z } from 'zod'
import { connector, jsonIn, posted, readingOf } from '../connector.ts'
import { candidatesOf } from './event.ts'
import { regions } from './regions.ts'
import { words } from './words.ts'

const settings = z.strictObject({
  region: z
    .enum(regions)
    .default('mypurecloud.de')
    .meta({ description: 'What follows https://apps. in the address of your Genesys Cloud.' }),
  client_id: z
    .string()
    .trim()
    .regex(/^([\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})?$/i, 'must be the id of an OAuth client, such as 25a05327-89f8-…')
    .default('')
    .meta({ description: 'Of the OAuth client for the telephone in our page; not needed for anything else.' }),
})

const triggers = { ringing: 'user.start', answered: 'answered', ended: 'customer.end' } as const

/** Look-ups and events come from data actions of an organisation; the panel and the telephone run in the agent’s session. */
export const genesysCloud = connector({
  name: 'genesys-cloud',
  title: 'Genesys Cloud',
  words,
  settings,
  frameOrigins: [
    'https://apps.mypurecloud.de',
    'https://apps.mypurecloud.ie',
    'https://apps.euw2.pure.cloud',
    'https://apps.euc2.pure.cloud',
    'https://apps.mypurecloud.com',
  ],
  takes: 'key',
  events: {
    readEvents({ rawBody }) {
      const { candidates, problem } = candidatesOf(jsonIn(rawBody))
      const { events, problems } = readingOf(candidates)
      // By the name that whoever wrote the workflow knows.
      const named = problems.map((one) => one.replace(/^call_id:/, 'conversation_id:'))
      return { events, problems: problem === null ? named : [problem] }
    },
    isGenuine: () => true,
    trial: ({ call_id, event, from, to, agent }) =>
      posted({
        event_name: event === 'answered' ? event : `v2.detail.events.conversation.{id}.${triggers[event]}`,
        conversation_id: call_id,
        user_email: agent,
        direction: 'INBOUND',
        ani: `tel:${from}`,
        dnis: `tel:${to}`,
        media_type: 'VOICE',
      }),
    // An event that is not understood is the administrator's business; the workflow goes on.
    reply: (_request, _settings, { replies, problems }) => ({
      status: 200,
      contentType: 'application/json; charset=utf-8',
      body: JSON.stringify({
        accepted: String(replies.length),
        delivered: String(replies.some(({ delivered }) => delivered)),
        problem: problems.join('; '),
      }),
    }),
  },
  files: [
    { file: 'clinicacrm-lookup.custom.json', templates: ['data-action-lookup.json'] },
    { file: 'clinicacrm-call-event.custom.json', templates: ['data-action-call-event.json'] },
    {
      file: 'clinicacrm-triggers.zip',
      templates: ['trigger-user-start.json', 'trigger-user-end.json', 'trigger-customer-end.json'],
    },
    { file: 'clinicacrm-framework.js', templates: ['framework.browser.ts'] },
  ],
  values: ({ region, client_id }) => ({ region, client_id }),
  softphone: {
    sources: ({ region }) => ({ frames: [`https://apps.${region}`], scripts: [] }),
  },
})
