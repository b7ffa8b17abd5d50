import { z } from 'zod'
import { connector, headerOf, posted, problemOf, readingOf, secret, type TrialCall } from '../connector.ts'
import { callback, eventOf } from './event.ts'
import { isSignedBy } from './signature.ts'
import { words } from './words.ts'

const settings = z.strictObject({
  auth_token: z.string().trim().max(200).default('').meta(secret),
  functions_url: z
    .string()
    .trim()
    .max(200)
    .regex(
      /^(https:\/\/[a-z0-9.-]+|http:\/\/localhost:\d+)?\/?$/i,
      'must be an address such as https://clinica-1234.twil.io',
    )
    .transform((url) => url.replace(/\/$/, ''))
    .default(''),
  workflow_sid: z
    .string()
    .trim()
    .regex(/^(WW[0-9a-f]{32})?$/i, 'must begin with WW')
    .default(''),
  task_channel_sid: z
    .string()
    .trim()
    .regex(/^(TC[0-9a-f]{32})?$/i, 'must begin with TC')
    .default(''),
})

const form = 'application/x-www-form-urlencoded'
const sources = ['index.ts', 'plugin.ts', 'enrich.ts', 'panel-link.ts', 'calls.ts', 'settings.ts']
const plugin = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'build.mjs',
  ...sources.map((name) => `src/${name}`),
]

/**
 * A Flex that somebody hosts themselves is at their own site. TaskRouter tells of calls over a line; the plug-in tells the
 * panel beside the task of the agent's own, in the agent's session.
 */
export const twilioFlex = connector({
  name: 'twilio-flex',
  title: 'Twilio Flex',
  words,
  settings,
  frameOrigins: ['https://flex.twilio.com'],
  takes: 'line',
  files: [
    { file: 'clinicacrm-flex-plugin.zip', templates: plugin.map((name) => `plugin/${name}`) },
    { file: 'clinica-crm.private.js', templates: ['function/clinica-crm.private.ts'] },
    { file: 'clinica-lookup.js', templates: ['function/clinica-lookup.ts'] },
    { file: 'clinica-studio.protected.js', templates: ['function/clinica-studio.protected.ts'] },
    { file: 'clinicacrm-studio-flow.json', templates: ['studio/flow.json'] },
  ],
  values: ({ functions_url, workflow_sid, task_channel_sid }) => ({ functions_url, workflow_sid, task_channel_sid }),
  events: {
    readEvents({ rawBody }) {
      const told = callback.safeParse(Object.fromEntries(new URLSearchParams(rawBody.toString('utf8'))))
      if (!told.success) return { events: [], problems: told.error.issues.map((issue) => problemOf(issue, null)) }
      const event = eventOf(told.data)
      return event ? readingOf([event]) : { events: [], problems: [] }
    },
    isGenuine(request, { auth_token }) {
      if (!auth_token) return true
      const fields = new URLSearchParams(request.rawBody.toString('utf8'))
      const signature = headerOf(request, 'x-twilio-signature')
      return isSignedBy(auth_token, { url: request.url ?? '', fields, signature })
    },
    trial: (call) => posted(new URLSearchParams(asTaskRouter(call)).toString(), form),
    // What TaskRouter asks for: it has no use for an answer.
    reply: () => ({ status: 204, contentType: 'application/json; charset=utf-8', body: '' }),
  },
})

function asTaskRouter({ call_id, event, from, to, agent }: TrialCall): Record<string, string> {
  const types = { ringing: 'reservation.created', answered: 'reservation.accepted', ended: 'task.completed' }
  return {
    EventType: types[event],
    TaskSid: `WT${call_id}`,
    TaskChannelUniqueName: 'voice',
    TaskAttributes: JSON.stringify({ call_sid: call_id, direction: 'inbound', from, called: to, to }),
    ReservationSid: `WR${call_id}`,
    WorkerName: agent,
    WorkerAttributes: JSON.stringify({ email: agent }),
  }
}
