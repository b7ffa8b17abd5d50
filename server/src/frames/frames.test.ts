import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../testing/browser.ts'
import { entersFrame, inFrame, ownOrigin as own, secret, ticketOf } from '../testing/framed.ts'
import { type Clinic, openClinic } from '../testing/harness.ts'

let clinic: Clinic
const vendor = 'https://apps.mypurecloud.de'

beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma'], env: { TRUSTED_PROXIES: '127.0.0.1' } })
  const owner = await clinic.signsIn('owner')
  const origins = [vendor, 'https://*.pure.cloud']
  await owner.ask('PUT', '/api/telephony/frames/genesys-cloud', { json: { origins } })
})
afterAll(() => clinic.close())

describe('the panel', () => {
  const embed = (connector: string) => clinic.ask('GET', `/embed/${connector}`, { key: null })

  test('may be framed by the sites set for its connector, and by nobody else', async () => {
    const { status, headers } = await embed('genesys-cloud')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(headers.get('content-security-policy')).toMatch(
      /;frame-ancestors https:\/\/apps\.mypurecloud\.de https:\/\/\*\.pure\.cloud$/,
    )
    expect(headers.get('x-frame-options')).toBeNull()
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('is framed by nobody where no site is set, and is not there for a connector that is not', async () => {
    const { status, headers } = await embed('twilio-flex')
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toMatch(/;frame-ancestors 'none'$/)
    expect((await embed('nobody')).status).toBe(404)
  })

  test('is all that other sites may frame', async () => {
    for (const path of [
      '/it/',
      '/it/cases/9',
      '/it/embed-sign-in',
      '/api/docs',
      '/api/health',
      '/embed/nobody',
      '/pop',
    ]) {
      const { headers } = await clinic.ask('GET', path, { key: null })
      expect([path, headers.get('x-frame-options')]).toEqual([path, 'SAMEORIGIN'])
      expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'self'$/)
    }
  })

  test('names nobody until somebody is signed in inside it, however they are outside', async () => {
    const agent = await clinic.signsIn('agent', { name: 'Gina Rossi' })
    const before = await clinic.ask('GET', '/embed/genesys-cloud', { key: null, headers: { cookie: agent.cookie } })
    expect(before.text).not.toContain('Gina Rossi')
    const { frame } = await entersFrame(clinic, agent)
    expect((await frame.ask('GET', '/embed/genesys-cloud')).text).toContain('Gina Rossi')
    // The same cookie is nothing to another platform's panel, and to pages of our own.
    expect((await frame.ask('GET', '/embed/twilio-flex')).text).not.toContain('Gina Rossi')
    expect((await frame.ask('GET', '/it/')).text).not.toContain('Gina Rossi')
  })

  test.each(['/it/embed-sign-in', '/it/cases/9'])('opens %s from any desktop, in its sandbox too', async (path) => {
    const { headers } = await clinic.ask('GET', path, { key: null })
    expect(headers.get('cross-origin-opener-policy')).toBe('unsafe-none')
  })
})

describe('signing in to a frame', () => {
  test('sets a cookie that browsers keep apart for each site, and opens a session of its own', async () => {
    const agent = await clinic.signsIn('agent')
    const { reply, frame } = await entersFrame(clinic, agent)
    const cookies = reply.headers.getSetCookie()
    expect(cookies).toHaveLength(1)
    const [pair, ...attributes] = cookies[0]!.split('; ')
    expect(pair).toMatch(/^__Host-clinicacrm_frame=./)
    expect(attributes.toSorted()).toEqual(
      ['Max-Age=43200', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=None', 'Partitioned'].toSorted(),
    )
    expect(reply.body.session.user.email).toBe(agent.email)
    const { body } = await agent.ask('GET', '/api/profile/sessions')
    const platforms = body.sessions.map(({ platform }: { platform: string | null }) => platform)
    expect(new Set(platforms)).toEqual(new Set(['Genesys Cloud', null]))
    expect((await frame.ask('GET', '/api/session', undefined, inFrame())).status).toBe(200)
  })

  test('takes a ticket once: of fifty at once one gets in', async () => {
    const agent = await clinic.signsIn('agent')
    const { verifier, challenge } = secret()
    const shown = { connector: 'genesys-cloud', ticket: await ticketOf(agent, challenge), verifier }
    const tries = Array.from({ length: 50 }, () =>
      openBrowser(clinic.url).ask('POST', '/api/session/frame', shown, inFrame()),
    )
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(new Set(statuses)).toEqual(new Set([200, 410]))
  })

  test('takes no ticket of a minute ago, and none of a window that was signed out meanwhile', async () => {
    const [late, gone] = [await clinic.signsIn('agent'), await clinic.signsIn('agent')]
    for (const [person, change] of [
      [
        late,
        () =>
          clinic.rows(`update frame_tickets set expires_at = now() - interval '1 second' where user_id = $1`, [
            late.id,
          ]),
      ],
      [gone, () => gone.ask('DELETE', '/api/session')],
    ] as const) {
      const { verifier, challenge } = secret()
      const shown = { connector: 'genesys-cloud', ticket: await ticketOf(person, challenge), verifier }
      await change()
      const { status, body } = await openBrowser(clinic.url).ask('POST', '/api/session/frame', shown, inFrame())
      expect([status, body.code]).toEqual([410, 'link_expired'])
    }
    const kept = await clinic.rows<{ seconds: number }>(
      'select extract(epoch from expires_at - now())::int as seconds from frame_tickets',
    )
    expect(Math.max(0, ...kept.map(({ seconds }) => seconds))).toBeLessThanOrEqual(60)
  })

  test.each([
    ['another secret than the frame began with', { verifier: secret().verifier }],
    ['another platform', { connector: 'twilio-flex' }],
  ])('spends the ticket of who shows it with %s', async (_, wrong) => {
    const agent = await clinic.signsIn('agent')
    const frame = openBrowser(clinic.url)
    const { verifier, challenge } = secret()
    const right = { connector: 'genesys-cloud', ticket: await ticketOf(agent, challenge), verifier }
    const tried = { ...right, ...wrong }
    expect((await frame.ask('POST', '/api/session/frame', tried, inFrame(tried.connector))).status).toBe(410)
    expect((await frame.ask('POST', '/api/session/frame', right, inFrame())).status).toBe(410)
    expect(frame.jar.size).toBe(0)
  })

  test('is nothing for a page that is in no frame, or in another than it says', async () => {
    const agent = await clinic.signsIn('agent')
    for (const headers of [{ origin: own }, inFrame('twilio-flex').headers]) {
      const { verifier, challenge } = secret()
      const shown = { connector: 'genesys-cloud', ticket: await ticketOf(agent, challenge), verifier }
      const { status } = await openBrowser(clinic.url).ask('POST', '/api/session/frame', shown, { headers })
      expect(status).toBe(410)
    }
  })

  test('keeps no ticket in the database that could be used', async () => {
    const ticket = await ticketOf(await clinic.signsIn('agent'), secret().challenge)
    const [{ text } = { text: '' }] = await clinic.rows<{ text: string }>(
      "select string_agg(t::text, ' ') as text from frame_tickets t",
    )
    expect(text).toContain('genesys-cloud')
    expect(text).not.toContain(ticket)
  })

  test('needs TLS', async () => {
    const plain = await openClinic({ env: { PUBLIC_URL: 'http://crm.lan' }, clinics: [] })
    const agent = await plain.signsIn('agent')
    const { verifier, challenge } = secret()
    const shown = { connector: 'genesys-cloud', ticket: await ticketOf(agent, challenge), verifier }
    const headers = { 'x-clinicacrm-frame': 'genesys-cloud', origin: 'http://crm.lan' }
    const { status, body } = await openBrowser(plain.url).ask('POST', '/api/session/frame', shown, { headers })
    await plain.close()
    expect([status, body.code]).toEqual([403, 'https_required'])
  })
})
