import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ConnectorRequest, posted } from '../connector.ts'
import { twilioFlex } from './connector.ts'
import { plainIdentity } from './event.ts'

const { isGenuine, readEvents, trial } = twilioFlex.events!

describe('what Twilio signed', () => {
  /** The example of Twilio's own documentation. */
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2'
  const auth_token = '12345'
  const fields = {
    CallSid: 'CA1234567890ABCDE',
    From: '+12349013030',
    To: '+18005551212',
    Caller: '+12349013030',
    Digits: '1234',
  }
  const signed = (signature: string, body: Record<string, string> = fields, at = url): ConnectorRequest => ({
    ...posted(new URLSearchParams(body).toString(), 'application/x-www-form-urlencoded'),
    headers: { 'x-twilio-signature': signature },
    url: at,
  })
  const good = '0/KCTR6DLpKmkAf8muzZqo1nDgQ='

  test('is genuine to the letter, and nothing else is', () => {
    expect(isGenuine(signed(good), { auth_token })).toBe(true)
    expect(isGenuine(signed(good), { auth_token: '12346' })).toBe(false)
    expect(isGenuine(signed(good, { ...fields, Digits: '1235' }), { auth_token })).toBe(false)
    expect(isGenuine(signed(good, fields, `${url}&baz=3`), { auth_token })).toBe(false)
    for (const wrong of ['', 'no signature', good.slice(0, -4)])
      expect(isGenuine(signed(wrong), { auth_token })).toBe(false)
    const { url: _, ...unaddressed } = signed(good)
    expect(isGenuine(unaddressed, { auth_token })).toBe(false)
  })

  test('counts with the port spelled out, as Twilio may sign it', () => {
    const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))
    const text = `https://mycompany.com:443/myapp.php?foo=1&bar=2${sorted.flat().join('')}`
    const signature = createHmac('sha1', auth_token).update(text).digest('base64')
    expect(isGenuine(signed(signature), { auth_token })).toBe(true)
  })

  test('without an Auth Token, the secret in the address is all there is', () => {
    expect(isGenuine(signed(''), {})).toBe(true)
  })
})

describe('who an agent is', () => {
  test('an encoded identity is written out, another stays as it is', () => {
    expect(plainIdentity('user_40example_2Dcom')).toBe('user@example-com')
    expect(plainIdentity('jos_C3_A9_2Eruiz_40clinic_2Eexample')).toBe('josé.ruiz@clinic.example')
    expect(plainIdentity('mario_rossi')).toBe('mario_rossi')
    expect(plainIdentity('_FF')).toBe('_FF')
  })

  test('whatever Twilio encodes comes back', () => {
    const encode = (text: string) =>
      [...Buffer.from(text)]
        .map((byte) => {
          const letter = String.fromCharCode(byte)
          return /[a-z0-9]/i.test(letter) ? letter : `_${byte.toString(16).toUpperCase().padStart(2, '0')}`
        })
        .join('')
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => plainIdentity(encode(name)) === name))
  })
})

describe('settings', () => {
  const accepted = (settings: object) => twilioFlex.settings.safeParse(settings).success

  test('take the address of the Functions and ids, and name what is none', () => {
    expect(accepted({ functions_url: 'https://clinica-1234.twil.io/' })).toBe(true)
    expect(twilioFlex.values({ functions_url: 'https://clinica-1234.twil.io/' })).toMatchObject({
      functions_url: 'https://clinica-1234.twil.io',
    })
    for (const wrong of ['clinica-1234.twil.io', 'http://clinica.twil.io', "https://x.io/'+alert(1)"])
      expect(accepted({ functions_url: wrong })).toBe(false)
    expect(accepted({ workflow_sid: `WW${'0'.repeat(32)}`, task_channel_sid: `TC${'a'.repeat(32)}` })).toBe(true)
    expect(accepted({ workflow_sid: 'TC0' })).toBe(false)
  })

  test('hold no secret that a file could tell', () => {
    expect(JSON.stringify(twilioFlex.values({ auth_token: 'sesame' }))).not.toContain('sesame')
  })
})

test('a trial is read as the call it stands for', () => {
  const call = { call_id: 'trial-1', from: '+39 333 222 4444', to: '+39 06 5555 0100', agent: 'giulia@clinic.example' }
  const read = (event: 'ringing' | 'answered' | 'ended') => readEvents(trial({ ...call, event }, {}), {}).events[0]
  expect(read('ringing')).toMatchObject({ ...call, event: 'ringing' })
  expect(read('answered')).toMatchObject({ call_id: 'trial-1', event: 'answered', agent: call.agent })
  expect(read('ended')).toMatchObject({ call_id: 'trial-1', event: 'ended' })
})
