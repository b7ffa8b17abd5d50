import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { verifyWebhook } from './webhooks.ts'

const secret = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`
const other = `whsec_${Buffer.from('another of twenty-four by').toString('base64')}`
const body = '{"type":"case.created","data":{"case_id":"9","name":"D’Amico"}}'
const now = () => new Date()

/** As whoever follows the standard signs. */
function signedBy(key: string, { text = body, at = now(), id = 'msg_1' } = {}) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign(id, at, text),
  }
}

describe('a webhook', () => {
  test('signed by the standard’s own library is genuine, from text, bytes or any kind of headers', async () => {
    const headers = signedBy(secret)
    const shouted = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]))
    for (const given of [headers, new Headers(headers), shouted])
      for (const sent of [body, Buffer.from(body)])
        expect(await verifyWebhook(sent, given, secret)).toEqual({
          kind: 'genuine',
          id: 'msg_1',
          sentAt: expect.any(Date),
          event: JSON.parse(body),
        })
  })

  test('is genuine by either secret while one is being renewed', async () => {
    const both = signedBy(secret)
    both['webhook-signature'] = `${signedBy(other)['webhook-signature']} ${both['webhook-signature']}`
    expect((await verifyWebhook(body, both, secret)).kind).toBe('genuine')
    expect((await verifyWebhook(body, signedBy(other), [secret, other])).kind).toBe('genuine')
  })

  test('signed with another secret, or changed on the way, is refused', async () => {
    const wrong = { kind: 'refused', reason: 'wrong_signature' }
    expect(await verifyWebhook(body, signedBy(other), secret)).toEqual(wrong)
    expect(await verifyWebhook(`${body} `, signedBy(secret), secret)).toEqual(wrong)
    expect(await verifyWebhook(body, { ...signedBy(secret), 'webhook-id': 'msg_2' }, secret)).toEqual(wrong)
    expect(await verifyWebhook(body, { ...signedBy(secret), 'webhook-signature': 'v1,%%% v2,eA==' }, secret)).toEqual(
      wrong,
    )
  })

  test('that is old may have been recorded: it is refused, as one from the future is', async () => {
    for (const seconds of [-301, 302]) {
      const at = new Date(Date.now() + seconds * 1000)
      expect(await verifyWebhook(body, signedBy(secret, { at }), secret)).toEqual({ kind: 'refused', reason: 'old' })
      expect((await verifyWebhook(body, signedBy(secret, { at }), secret, { toleranceSeconds: 600 })).kind).toBe(
        'genuine',
      )
    }
  })

  test('without one of its headers, or without JSON, is refused', async () => {
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
      expect(await verifyWebhook(body, { ...signedBy(secret), [name]: undefined }, secret)).toMatchObject({
        reason: 'incomplete',
      })
    expect(await verifyWebhook('hello', signedBy(secret, { text: 'hello' }), secret)).toMatchObject({
      reason: 'not_json',
    })
  })

  test('whatever arrives, it is genuine or refused', async () => {
    const header = fc.option(fc.oneof(fc.string(), fc.constant('v1,AAAA'), fc.nat().map(String)), { nil: undefined })
    const headers = fc.record({ 'webhook-id': header, 'webhook-timestamp': header, 'webhook-signature': header })
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.uint8Array()), headers, async (sent, given) => {
        expect((await verifyWebhook(sent, given, secret)).kind).toBe('refused')
      }),
    )
  })

  test('is not looked at with a secret that is none: that is a mistake in the settings', async () => {
    for (const none of ['', 'whsec_', 'whsec_AAAA', 'not base64!'])
      await expect(verifyWebhook(body, signedBy(secret), none)).rejects.toThrow(TypeError)
  })
})
