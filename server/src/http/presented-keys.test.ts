import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../testing/harness.ts'
import { asPeer, patiently, wire } from '../testing/wire.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic()
})
afterAll(() => clinic.close())

const say = (url: string, bytes: string) => patiently(() => wire(url, bytes))

const hit = '/api/lookup?phone=%2B39%20347%20000%200000'

describe('a key over plain HTTP', () => {
  const from = async (app: Clinic, remoteAddress: string, headers: Record<string, string> = {}) => {
    const asked: InjectOptions = { method: 'GET', url: hit, headers: { 'x-api-key': app.key, ...headers } }
    const { status, text } = await asPeer(app.app, { ...asked, remoteAddress })
    return [status, JSON.parse(text).error as string | undefined]
  }
  const refused = [403, 'HTTPS required']
  const answered = [404, undefined]
  const https = { 'x-forwarded-proto': 'https' }

  test.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])(
    'is accepted from this machine (%s)',
    async (peer) => {
      expect(await from(clinic, peer)).toEqual(answered)
    },
  )

  test.each(['192.0.2.9', '10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', '2001:db8::1', '128.0.0.1'])(
    'is refused from another (%s), good or not, whatever it says of itself',
    async (peer) => {
      for (const headers of [
        {},
        https,
        { forwarded: 'proto=https;for=127.0.0.1' },
        { 'x-forwarded-for': '127.0.0.1' },
      ]) {
        expect(await from(clinic, peer, headers)).toEqual(refused)
      }
      expect(await from(clinic, peer, { 'x-api-key': 'wrong', ...https })).toEqual(refused)
    },
  )

  describe('behind a trusted proxy', () => {
    let behind: Clinic
    beforeAll(async () => {
      behind = await openClinic({ env: { TRUSTED_PROXIES: '10.0.0.0/8,2001:db8::/32' } })
    })
    afterAll(() => behind.close())

    test.each(['10.0.0.1', '10.255.1.1', '2001:db8::9'])('that says https is accepted (%s)', async (peer) => {
      expect(await from(behind, peer, https)).toEqual(answered)
    })

    test('that says http, or nothing, is refused', async () => {
      expect(await from(behind, '10.0.0.1')).toEqual(refused)
      expect(await from(behind, '10.0.0.1', { 'x-forwarded-proto': 'http' })).toEqual(refused)
      expect(await from(behind, '10.0.0.1', { 'x-forwarded-proto': 'https, http' })).toEqual(refused)
    })

    test('is not believed when the peer is none of them', async () => {
      for (const peer of ['11.0.0.1', '192.0.2.9', '2001:db9::1'])
        expect(await from(behind, peer, { ...https, 'x-forwarded-for': '10.0.0.1' })).toEqual(refused)
    })

    test('counts against the address the proxy names, and only a trusted one may name it', async () => {
      const limited = await behind.keyWith({ scopes: ['lookup:read'], ip_ranges: ['203.0.113.0/24'] })
      const key = { 'x-api-key': limited.key, ...https }
      expect((await from(behind, '10.0.0.1', { ...key, 'x-forwarded-for': '203.0.113.7' }))[0]).toBe(404)
      expect((await from(behind, '10.0.0.1', { ...key, 'x-forwarded-for': '198.51.100.7' }))[0]).toBe(401)
      // The leftmost is whatever the client wrote; the last untrusted one is who the proxy saw.
      expect((await from(behind, '10.0.0.1', { ...key, 'x-forwarded-for': '203.0.113.7, 198.51.100.7' }))[0]).toBe(401)
      expect((await from(behind, '127.0.0.1', { ...key, 'x-forwarded-for': '203.0.113.7' }))[0]).toBe(401)
    })
  })
})

describe('what a request says of itself', () => {
  test('a key in the address is no key', async () => {
    for (const name of ['x-api-key', 'api_key', 'apikey', 'key', 'access_token', 'token']) {
      const { status } = await clinic.ask('GET', `${hit}&${name}=${clinic.key}`, { key: null })
      expect([name, status]).toEqual([name, 401])
    }
    const { status } = await clinic.ask('POST', '/api/lookup', { key: null, json: { phone: '1', api_key: clinic.key } })
    expect(status).toBe(401)
  })

  test('a cookie, Basic or two different keys are no key', async () => {
    const basic = `Basic ${Buffer.from(`key:${clinic.key}`).toString('base64')}`
    for (const headers of [
      { cookie: `x-api-key=${clinic.key}` },
      { authorization: basic },
      { authorization: clinic.key },
    ])
      expect((await clinic.ask('GET', hit, { key: null, headers })).status).toBe(401)
    const authorization = 'Bearer ccrm_live_AAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    expect((await clinic.ask('GET', hit, { headers: { authorization } })).status).toBe(401)
  })

  test('its Host builds no link', async () => {
    const bytes = `GET ${hit} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nx-api-key: ${clinic.key}\r\nConnection: close\r\n\r\n`
    const { text } = await say(clinic.url, bytes)
    expect(JSON.parse(text).new_case_url).toContain('https://crm.example/')
    expect(text).not.toContain('evil')
  })
})
