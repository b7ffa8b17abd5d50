import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { callEvent } from '@clinicacrm/contract/calls.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amiAction, type AmiMessage, challengeKey, createAmiReader } from './ami.ts'
import type { BridgeEvent } from './book.ts'
import { createCallReader } from './calls.ts'
import { extensionOf } from './channels.ts'

const folder = path.join(import.meta.dirname, 'fixtures')
const extension = /^[0-9]{2,5}$/

/** As Asterisk sends it. */
const transcript = async (name: string) =>
  Buffer.from((await readFile(path.join(folder, `${name}.ami`), 'utf8')).replaceAll('\n', '\r\n'))
const messagesIn = (bytes: Uint8Array) => createAmiReader()(bytes)

function eventsIn(messages: AmiMessage[], reader = createCallReader({ extension })): BridgeEvent[] {
  return messages.flatMap((message) => reader.read(message, 0))
}
const told = async (name: string) =>
  eventsIn(messagesIn(await transcript(name))).map(({ event, agent }) => (agent ? `${event} ${agent}` : event))

describe('a call', () => {
  test('in a queue waits, rings at both members, and is answered by one, told once', async () => {
    expect(await told('queue-answered')).toEqual(['ringing', 'ringing 201', 'ringing 202', 'answered 201', 'ended'])
    const [first] = eventsIn(messagesIn(await transcript('queue-answered')))
    expect(first).toEqual({
      call_id: '1795600800.10',
      event: 'ringing',
      at: '2026-11-25T10:00:00.700Z',
      direction: 'inbound',
      from: '00390622224444',
      to: '0655501000',
      queue: 'prenotazioni',
    })
  })

  test.each([
    ['ring-group', ['ringing 201', 'ringing 202', 'answered 202', 'held 202', 'resumed 202', 'ended']],
    ['missed', ['ringing 201', 'ringing 202', 'ended']],
    ['gave-up', ['ringing', 'ended']],
    ['anonymous', ['ringing 201', 'answered 201', 'ended']],
    ['blind-transfer', ['ringing 201', 'answered 201', 'transferred 203', 'answered 203', 'ended']],
    ['attended-transfer', ['ringing 201', 'answered 201', 'held 201', 'answered 204', 'ended']],
    ['outbound', ['ringing 201', 'answered 201', 'ended']],
    ['internal', []],
  ])('%s', async (name, wanted) => {
    expect(await told(name)).toEqual(wanted)
  })

  test('nobody took says at its end who it was, so that they are called back', async () => {
    const last = eventsIn(messagesIn(await transcript('missed'))).at(-1)
    expect(last).toMatchObject({ event: 'ended', from: '0622224444' })
    expect(eventsIn(messagesIn(await transcript('ring-group'))).at(-1)).not.toHaveProperty('from')
  })

  test('by somebody who hides the number is withheld; going out, it is to whoever was dialled', async () => {
    expect(eventsIn(messagesIn(await transcript('anonymous')))[0]).toMatchObject({ from: 'anonymous' })
    const out = eventsIn(messagesIn(await transcript('outbound')))[0]
    expect(out).toMatchObject({ direction: 'outbound', to: '03332224444' })
    expect(out).not.toHaveProperty('from')
  })
})

describe('whatever the connection does', () => {
  test('messages are the same however their bytes arrive', async () => {
    const bytes = await transcript('queue-answered')
    const whole = messagesIn(bytes)
    const cuts = fc.array(fc.nat({ max: bytes.length }), { maxLength: 40 })
    fc.assert(
      fc.property(cuts, (unsorted) => {
        const places = [0, ...unsorted.toSorted((a, b) => a - b), bytes.length]
        const read = createAmiReader()
        const messages = places.slice(1).flatMap((end, i) => read(bytes.subarray(places[i], end)))
        expect(messages).toEqual(whole)
      }),
    )
  })

  test('no bytes at all break it, and what it makes of them the CRM takes', () => {
    const word = fc.constantFrom('Event', 'Uniqueid', 'Linkedid', 'Channel', 'DestChannel', 'DialStatus', 'Timestamp')
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'Newchannel',
        'DialBegin',
        'DialEnd',
        'Hangup',
        'BridgeEnter',
        'BlindTransfer',
        'PJSIP/201-00000001',
        '1.1',
        'ANSWER',
      ),
    )
    const text = fc
      .array(
        fc.oneof(
          fc.tuple(word, value).map(([name, said]) => `${name}: ${said}\r\n`),
          fc.constant('\r\n'),
        ),
      )
      .map((lines) => Buffer.from(lines.join('')))
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array()), (bytes) => {
        for (const event of eventsIn(messagesIn(bytes))) {
          expect(callEvent.safeParse({ ...event, provider: 'asterisk' })).toMatchObject({ success: true })
        }
      }),
    )
  })

  test('a line without an end is left out, and the next message read', () => {
    const read = createAmiReader()
    expect(read(Buffer.from(`Event: A\r\nNoise: ${'x'.repeat(200_000)}`))).toEqual([])
    expect(read(Buffer.from('yyy\r\n\r\nEvent: B\r\n\r\n'))).toEqual([{ event: 'A' }, { event: 'B' }])
  })

  test('calls that ended while nobody listened are over once Asterisk lists what there is', async () => {
    const reader = createCallReader({ extension })
    const messages = messagesIn(await transcript('queue-answered'))
    const answered = messages.findIndex(({ event }) => event === 'AgentConnect')
    eventsIn(messages.slice(0, answered), reader)
    const other = { event: 'CoreShowChannel', channel: 'PJSIP/203-0000009a', uniqueid: '9.1', linkedid: '9.1' }
    const complete = { event: 'CoreShowChannelsComplete', eventlist: 'Complete' }
    reader.beginListing()
    const events = eventsIn([other, complete], reader)
    expect(events.map(({ event, call_id }) => [event, call_id])).toEqual([['ended', '1795600800.10']])
  })

  test('calls that last are left alone by a list that names them', async () => {
    const reader = createCallReader({ extension })
    const messages = messagesIn(await transcript('ring-group'))
    const half = messages.findIndex(({ event }) => event === 'Hold')
    eventsIn(messages.slice(0, half), reader)
    const seen = ['1795600900.20', '1795600900.22'].map((uniqueid) => ({
      event: 'CoreShowChannel',
      channel: 'PJSIP/x-00000001',
      uniqueid,
      linkedid: '1795600900.20',
    }))
    reader.beginListing()
    expect(eventsIn([...seen, { event: 'CoreShowChannelsComplete' }], reader)).toEqual([])
    expect(eventsIn(messages.slice(half), reader).at(-1)).toMatchObject({ event: 'ended' })
  })

  test('every call ends, and nothing of it is kept', async () => {
    const names = (await readdir(folder))
      .filter((file) => file.endsWith('.ami'))
      .map((file) => path.basename(file, '.ami'))
    const reader = createCallReader({ extension })
    for (const name of [...names, ...names]) {
      const events = eventsIn(messagesIn(await transcript(name)), reader)
      expect(events.filter(({ event }) => event === 'ended')).toHaveLength(name === 'internal' ? 0 : 1)
    }
  })
})

test.each([
  ['PJSIP/201-0000002a', '201'],
  ['SIP/201-0000002a', '201'],
  ['Local/201@from-queue-00000003;1', '201'],
  ['Local/201@from-queue/n', '201'],
  ['SCCP/201-00000001', '201'],
  ['PJSIP/trunk-wind-00000010', null],
  ['DAHDI/25-1', null],
  ['Local/FMGL-201#@from-internal-00000001;2', null],
  ['PJSIP/0622224444-00000010', null],
  ['', null],
])('%s belongs to %s', (channel, wanted) => {
  expect(extensionOf(channel, extension)).toBe(wanted)
})

test('a pattern with a group takes the extension out of a device’s name', () => {
  expect(extensionOf('PJSIP/91201-0000002a', /^(?:9[0-9])?([0-9]{3})$/)).toBe('201')
})

test('an action is as Asterisk reads it, and cannot hold another', () => {
  expect(amiAction('Ping')).toBe('Action: Ping\r\n\r\n')
  expect(amiAction('Login', { Username: 'crm' })).toBe('Action: Login\r\nUsername: crm\r\n\r\n')
  expect(() => amiAction('Login', { Username: 'crm\r\nAction: Originate' })).toThrow('line break')
  expect(challengeKey('123', 'secret')).toMatch(/^[0-9a-f]{32}$/)
})
