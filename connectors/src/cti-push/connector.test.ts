import { createSign, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { ctiPush } from './connector.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const public_key = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const rawBody = Buffer.from('event=newCall&direction=in&from=390622224444&to=390655501000&callId=1&user[]=Giulia')
const signature = createSign('RSA-SHA256').update(rawBody).sign(privateKey, 'base64')
const contentType = 'application/x-www-form-urlencoded'
const signed = { method: 'POST', headers: { 'x-sipgate-signature': signature }, query: {}, rawBody, contentType }

test('with a public key only what sipgate signed is genuine, to the letter', () => {
  const genuine = (request: typeof signed) => ctiPush.events!.isGenuine(request, { public_key })
  expect(genuine(signed)).toBe(true)
  expect(genuine({ ...signed, rawBody: Buffer.from(rawBody.toString().replace('4444', '4445')) })).toBe(false)
  expect(genuine({ ...signed, headers: { 'x-sipgate-signature': '' } })).toBe(false)
  expect(genuine({ ...signed, headers: { 'x-sipgate-signature': 'no signature' } })).toBe(false)
})

test('a signed request is sipgate’s: its numbers have the country code, its answer is XML', () => {
  const [event] = ctiPush.events!.readEvents(signed, {}).events
  expect(event).toMatchObject({ from: '+390622224444', agents: ['Giulia'] })
  const outcome = { replies: [], problems: [], url: 'https://crm.example/line' }
  expect(ctiPush.events!.reply(signed, {}, outcome).body).toContain('<Response onAnswer="https://crm.example/line"')
})

test('a key that is none, or a private one, is refused', () => {
  const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  for (const wrong of ['hello', secret]) expect(ctiPush.settings.safeParse({ public_key: wrong }).success).toBe(false)
  expect(ctiPush.settings.safeParse({ public_key }).success).toBe(true)
})
