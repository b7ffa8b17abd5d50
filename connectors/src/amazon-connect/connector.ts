import { z } from 'zod'
import { connector, jsonIn, posted, problemOf, readingOf } from '../connector.ts'
import { contactEvent, eventOf } from './event.ts'
import { words } from './words.ts'

/** The host of the one instance is narrower, where it is known. */
const frameOrigins = ['https://*.my.connect.aws', 'https://*.awsapps.com']

const settings = z.strictObject({
  instance_url: z
    .string()
    .trim()
    .regex(
      /^(https:\/\/[a-z0-9-]+\.(my\.connect\.aws|awsapps\.com)\/?)?$/i,
      'must be an address such as https://clinic.my.connect.aws',
    )
    .default('')
    .meta({ description: 'Address of the instance, for its telephone: https://clinic.my.connect.aws' }),
  region: z
    .string()
    .trim()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region of AWS such as eu-central-1')
    .default('eu-central-1')
    .meta({ description: 'Region of AWS the instance is in.' }),
  instance_arn: z
    .string()
    .trim()
    .regex(
      /^(arn:aws[a-z-]*:connect:[a-z0-9-]+:\d{12}:instance\/[0-9a-f-]{36})?$/,
      'must be an ARN such as arn:aws:connect:eu-central-1:123456789012:instance/…',
    )
    .default('')
    .meta({ description: 'ARN of the instance. Once set, events of other instances are refused.' }),
})

/** The case beside the call in the agent workspace, a Lambda for flows, and the contact events of EventBridge. */
export const amazonConnect = connector({
  name: 'amazon-connect',
  title: 'Amazon Connect',
  words,
  settings,
  frameOrigins,
  takes: 'key',
  events: {
    readEvents({ rawBody }) {
      const read = contactEvent.safeParse(jsonIn(rawBody))
      if (!read.success) return { events: [], problems: read.error.issues.map((issue) => problemOf(issue, null)) }
      const event = eventOf(read.data)
      return readingOf(event ? [event] : [])
    },
    isGenuine({ rawBody }, { instance_arn }) {
      const read = contactEvent.safeParse(jsonIn(rawBody))
      return instance_arn === '' || !read.success || read.data.detail.instancearn === instance_arn
    },
    reply: () => ({ status: 200, contentType: 'application/json; charset=utf-8', body: '{}' }),
    trial({ call_id, event, from, to, agent }, { instance_arn, region }) {
      const eventType = { ringing: 'QUEUED', answered: 'CONNECTED_TO_AGENT', ended: 'DISCONNECTED' }[event]
      const detail = {
        eventType,
        contactId: call_id,
        channel: 'VOICE',
        instanceArn: instance_arn,
        initiationMethod: 'INBOUND',
        customerEndpoint: { type: 'TELEPHONE_NUMBER', address: from },
        systemEndpoint: { type: 'TELEPHONE_NUMBER', address: to },
        ...(event !== 'ended' && { agentInfo: { agentArn: agent } }),
      }
      return posted({ 'detail-type': 'Amazon Connect Contact Event', source: 'aws.connect', region, detail })
    },
  },
  files: [
    {
      file: 'clinicacrm-connect.template.json',
      templates: ['template.json'],
      inlined: { lambda: 'lambda.ts', flow: 'flow.json' },
    },
    { file: 'clinicacrm-lookup.cjs', templates: ['lambda.ts'] },
    { file: 'clinicacrm-flow.json', templates: ['flow.json'] },
  ],
  values: ({ instance_arn }) => ({ instance_arn }),
  softphone: {
    sources: ({ instance_url }) => ({
      frames: instance_url === '' ? [] : [new URL(instance_url).origin],
      scripts: [],
    }),
  },
})
