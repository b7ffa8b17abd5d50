import { expect, test } from 'vitest'
import { posted } from '../connector.ts'
import { amazonConnect } from './connector.ts'

const instance = 'arn:aws:connect:eu-central-1:123456789012:instance/12345678-1234-1234-1234-123456789012'
const eventFrom = (instanceArn: string) =>
  posted({
    'detail-type': 'Amazon Connect Contact Event',
    detail: { eventType: 'QUEUED', contactId: 'c', channel: 'VOICE', initiationMethod: 'INBOUND', instanceArn },
  })

test('once the instance is known, events of others are not believed', () => {
  const genuine = (arn: string, settings: object) => amazonConnect.events!.isGenuine(eventFrom(arn), settings)
  expect(genuine('arn:other', {})).toBe(true)
  expect(genuine('arn:other', { instance_arn: instance })).toBe(false)
  expect(genuine(instance, { instance_arn: instance })).toBe(true)
})

test('settings are an instance of Amazon Connect and nothing else', () => {
  const takes = (settings: object) => amazonConnect.settings.safeParse(settings).success
  for (const instance_url of ['https://clinic.my.connect.aws', 'https://clinic.awsapps.com/', ''])
    expect(takes({ instance_url })).toBe(true)
  for (const instance_url of [
    'http://clinic.my.connect.aws',
    'https://my.connect.aws.evil.example',
    'https://evil.example/?.my.connect.aws',
    'clinic',
  ])
    expect(takes({ instance_url })).toBe(false)
  expect(takes({ instance_arn: instance, region: 'eu-west-2' })).toBe(true)
  expect(takes({ instance_arn: `${instance}/queue/q` })).toBe(false)
  expect(takes({ region: 'Frankfurt' })).toBe(false)
})

test('the telephone is loaded from the one instance, and from nowhere before it is known', () => {
  const sources = (instance_url: string) => amazonConnect.softphone!.sources({ instance_url })
  expect(sources('https://clinic.my.connect.aws/')).toEqual({ frames: ['https://clinic.my.connect.aws'], scripts: [] })
  expect(sources('')).toEqual({ frames: [], scripts: [] })
})

test('a call that is only tried is told as EventBridge would tell it, and names the agent', () => {
  const { events } = amazonConnect
  const call = { call_id: 't', from: '+39 06 2222 4444', to: '+39 06 5555 0100', agent: 'giulia@clinic.example' }
  for (const event of ['ringing', 'answered', 'ended'] as const) {
    const read = events!.readEvents(events!.trial({ ...call, event }, { instance_arn: instance }), {})
    expect(read.problems).toEqual([])
    const { agent, ...said } = call
    expect(read.events).toMatchObject([{ ...said, event, ...(event !== 'ended' && { agent }) }])
  }
})
