import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { phoneQuery } from '@clinicacrm/contract/phone.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Connector, ConnectorRequest } from './connector.ts'
import { connectors } from './index.ts'

type Fixture = {
  method?: string
  content_type: string
  headers?: Record<string, string>
  query?: Record<string, string>
  settings?: object
  /** Text as sent, or what is sent as JSON; `{{from}}` is the caller. */
  body: unknown
  events: unknown[]
  problems?: string[]
  reply?: object
}
/** What each one that takes events must show, by file name. */
const scenarios = ['ringing', 'answered', 'ended', 'withheld', 'garbled']
const url = 'https://crm.example/api/telephony/events/cti-push/a&b'

/** Callers as platforms write them, and what the CRM must make of them. */
const callers: [string, { kind: string; key?: string }][] = [
  ['+39 06 2222 4444', { kind: 'number', key: '390622224444' }],
  ['0622224444', { kind: 'number', key: '390622224444' }],
  ['390622224444', { kind: 'number', key: '390622224444' }],
  ['00390622224444', { kind: 'number', key: '390622224444' }],
  ['393332224444', { kind: 'number', key: '393332224444' }],
  ['tel:+393332224444', { kind: 'number', key: '393332224444' }],
  ['493055571600', { kind: 'number', key: '493055571600' }],
  ['anonymous', { kind: 'withheld' }],
  ['+266696687', { kind: 'withheld' }],
  ['sip:201@pbx.local', { kind: 'number', key: 'x201' }],
]

const folderOf = ({ name }: Connector) => path.join(import.meta.dirname, name)
const takers = await Promise.all(
  connectors.filter(({ events }) => events).map(async (one) => ({ ...one, fixtures: await fixturesOf(one) })),
)

describe.each(connectors)('$name', (connector) => {
  test('is one folder of its name, with the steps for an administrator', async () => {
    expect(await readdir(folderOf(connector))).toEqual(expect.arrayContaining(['connector.ts', 'README.md']))
    expect(connectors.filter(({ name }) => name === connector.name)).toHaveLength(1)
    expect(connector.name).toMatch(/^[a-z0-9-]{2,40}$/)
  })

  test('has settings that begin complete and can be drawn as a form', () => {
    expect(connector.settings.safeParse({}).success).toBe(true)
    const { properties = {} } = z.toJSONSchema(connector.settings, { io: 'input' })
    for (const field of Object.values(properties))
      expect(field).toMatchObject({ type: expect.stringMatching(/^(string|boolean)$/) })
  })

  test('is framed from whole origins over TLS only', () => {
    for (const origin of connector.frameOrigins) expect(origin).toMatch(/^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/)
  })
})

describe.each(takers)('events of $name', (connector) => {
  const { fixtures, events } = connector
  const read = (request: ConnectorRequest, settings: unknown) => events!.readEvents(request, settings)

  test('every scenario has a fixture', () => {
    expect(fixtures.map(({ name }) => name)).toEqual(expect.arrayContaining(scenarios))
  })

  test.each(fixtures)('$name', ({ fixture }) => {
    const request = requestOf(fixture, '+39 06 2222 4444')
    const { settings = {} } = fixture
    const wanted = JSON.parse(filled(fixture.events, '+39 06 2222 4444'))
    expect(read(request, settings)).toEqual({ events: wanted, problems: fixture.problems ?? [] })
    expect(events!.isGenuine(request, settings)).toBe(true)
    const reply = events!.reply(request, settings, { replies: [], problems: [], url })
    expect(reply).toMatchObject(fixture.reply ?? { status: 200 })
  })

  test('a trial shows no secret', () => {
    const { properties = {} } = z.toJSONSchema(connector.settings, { io: 'input' })
    const names = Object.keys(properties).filter((name) => 'secret' in Object(properties[name]))
    const settings = Object.fromEntries(names.map((name, i) => [name, `s3cr3t-${i}`]))
    for (const event of ['ringing', 'answered', 'ended'] as const) {
      const call = { call_id: 'c-1', event, from: '+39 06 2222 4444', to: '+390655501000', agent: 'a@clinic.example' }
      const { rawBody, headers, query } = events!.trial(call, settings)
      expect(`${rawBody.toString()} ${JSON.stringify([headers, query])}`).not.toContain('s3cr3t')
    }
  })

  test.each(callers)('%s calls', (from, wanted) => {
    const { fixture } = fixtures.find(({ name }) => name === 'ringing')!
    const [event] = read(requestOf(fixture, from), fixture.settings ?? {}).events
    expect(phoneQuery(event?.from ?? '', 'IT')).toMatchObject(wanted)
  })

  test('whatever arrives is read or named as a problem', { timeout: 30_000 }, () => {
    const anything = fc.record({
      method: fc.constantFrom('GET', 'POST'),
      headers: fc.dictionary(fc.constantFrom('x-sipgate-signature', 'user-agent'), fc.string()),
      rawBody: fc
        .oneof(fc.uint8Array(), fc.json().map(Buffer.from), fc.webQueryParameters().map(Buffer.from))
        .map((bytes) => Buffer.from(bytes)),
      query: fc.dictionary(fc.string(), fc.string()),
      contentType: fc.constantFrom('', 'application/json', 'application/x-www-form-urlencoded', 'text/plain'),
    })
    fc.assert(
      fc.property(anything, (request) => {
        const { events: found, problems } = read(request, {})
        expect(found.length + problems.length > 0 || request.rawBody.toString().trim() === '[]').toBe(true)
        expect(events!.reply(request, {}, { replies: [], problems, url }).status).toBeGreaterThanOrEqual(200)
      }),
    )
  })
})

async function fixturesOf(connector: Connector) {
  const folder = path.join(folderOf(connector), 'fixtures')
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'))
  return Promise.all(
    files.map(async (file) => {
      const fixture = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as Fixture
      return { name: path.basename(file, '.json'), fixture }
    }),
  )
}

function requestOf({ method = 'POST', content_type, headers = {}, query = {}, body }: Fixture, from: string) {
  const text = filled(body, content_type.includes('urlencoded') ? encodeURIComponent(from) : from)
  return { method, contentType: content_type, headers, query, rawBody: Buffer.from(text) }
}

const filled = (value: unknown, from: string) =>
  (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('{{from}}', from)
