import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entersFrame, inFrame, ownOrigin as own } from '../testing/framed.ts'
import { type Clinic, openClinic } from '../testing/harness.ts'

let clinic: Clinic
const vendor = 'https://apps.mypurecloud.de'

beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma'], env: { TRUSTED_PROXIES: '127.0.0.1' } })
})
afterAll(() => clinic.close())

describe('the session of a frame', () => {
  test('is nobody’s outside the frame, and that of a window nobody’s inside', async () => {
    const agent = await clinic.signsIn('agent')
    const { frame, cookie } = await entersFrame(clinic, agent)
    const statusWith = async (headers: Record<string, string>) =>
      (await clinic.ask('GET', '/api/session', { key: null, headers: { 'sec-fetch-site': 'same-origin', ...headers } }))
        .status
    const header = { 'x-clinicacrm-frame': 'genesys-cloud' }
    const [name] = agent.cookie.split('=')
    expect(await statusWith({ ...header, cookie: `__Host-clinicacrm_frame=${cookie}` })).toBe(200)
    expect(await statusWith({ cookie: `__Host-clinicacrm_frame=${cookie}` })).toBe(401)
    expect(await statusWith({ ...header, cookie: agent.cookie })).toBe(401)
    // Nor do they pass under each other's name, or to another platform.
    expect(await statusWith({ cookie: `${name}=${cookie}` })).toBe(401)
    expect(
      await statusWith({ ...header, cookie: `__Host-clinicacrm_frame=${agent.cookie.slice(name!.length + 1)}` }),
    ).toBe(401)
    expect((await frame.ask('GET', '/api/session', undefined, inFrame('twilio-flex'))).status).toBe(401)
  })

  test('does what answers calls, and nothing of what administers or protects', async () => {
    const owner = await clinic.signsIn('owner', { password: 'quattro parole messe a caso' })
    const { frame } = await entersFrame(clinic, owner)
    const status = async (method: string, path: string, json?: unknown) =>
      (await frame.ask(method, path, json, inFrame())).status
    expect(await status('GET', '/api/pops')).toBe(200)
    expect(await status('GET', '/api/cases')).toBe(200)
    for (const path of ['/api/users', '/api/api-keys', '/api/cases/export', '/api/telephony/lines', '/api/wallboard'])
      expect([path, await status('GET', path)]).toEqual([path, 403])
    const change = { current_password: 'quattro parole messe a caso', password: 'cinque parole messe bene a caso' }
    expect(await status('POST', '/api/profile/password', change)).toBe(403)
    expect(await status('POST', '/api/session/frame-tickets', { connector: 'five9', challenge: 'A'.repeat(43) })).toBe(
      403,
    )
    const { body } = await frame.ask('GET', '/api/session', undefined, inFrame())
    expect(body.permissions).toContain('calls:handle')
    expect(body.permissions).not.toContain('users:manage')
  })

  test.each<[string, Record<string, string>]>([
    ['another site', { origin: vendor, 'sec-fetch-site': 'cross-site' }],
    ['another site in a browser that does not say so', { origin: vendor, 'sec-fetch-site': '' }],
    ['a neighbouring site', { origin: 'https://www.crm.example', 'sec-fetch-site': 'same-site' }],
    ['a sandbox', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['an address typed by hand', { origin: own, 'sec-fetch-site': 'none' }],
    ['nobody who says so', { origin: '' }],
  ])('changes nothing when asked by %s', async (_, given) => {
    const { frame } = await entersFrame(clinic, await clinic.signsIn('agent'))
    const { id } = await clinic.opens()
    const headers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
    const said = { ...inFrame().headers, ...headers }
    if (given.origin === '') Reflect.deleteProperty(said, 'origin')
    const { status } = await frame.ask('PATCH', `/api/cases/${id}`, { origin: 'forged' }, { headers: said })
    expect(status).toBe(403)
    expect(await clinic.rows('select origin from cases where id = $1', [id])).not.toEqual([{ origin: 'forged' }])
    expect((await frame.ask('PATCH', `/api/cases/${id}`, { origin: 'desk' }, inFrame())).status).toBe(200)
  })

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
    'takes no form (%s)',
    async (type) => {
      const { frame, cookie } = await entersFrame(clinic, await clinic.signsIn('agent'))
      const { id } = await clinic.opens()
      const form = { key: null, method: 'PATCH', body: '{"origin":"forged"}' }
      const sent = { 'content-type': type, cookie: `__Host-clinicacrm_frame=${cookie}`, origin: vendor }
      // A form cannot send our header, so it is nobody's.
      expect((await clinic.ask('PATCH', `/api/cases/${id}`, { ...form, headers: sent })).status).toBe(401)
      const headers = { ...inFrame().headers, 'content-type': type }
      expect((await frame.ask('PATCH', `/api/cases/${id}`, undefined, { body: form.body, headers })).status).toBe(415)
    },
  )

  test('is heard on the stream by the name in its address, by pages of ours only', async () => {
    const { cookie } = await entersFrame(clinic, await clinic.signsIn('agent'))
    const statusOf = async (path: string, site: string) => {
      const headers = { cookie: `__Host-clinicacrm_frame=${cookie}`, 'sec-fetch-site': site }
      return (await clinic.ask('HEAD', path, { key: null, headers })).status
    }
    expect(await statusOf('/api/live?frame=genesys-cloud', 'same-origin')).toBe(200)
    expect(await statusOf('/api/live?frame=genesys-cloud', 'cross-site')).toBe(403)
    expect(await statusOf('/api/live', 'same-origin')).toBe(401)
  })

  test('ends by signing out in the frame, and leaves the window signed in', async () => {
    const agent = await clinic.signsIn('agent')
    const { frame, cookie } = await entersFrame(clinic, agent)
    const left = await frame.ask('DELETE', '/api/session', undefined, inFrame())
    expect([left.status, frame.jar.size]).toEqual([204, 0])
    expect(left.headers.getSetCookie()[0]).toMatch(/^__Host-clinicacrm_frame=; Max-Age=0;.*Partitioned$/)
    frame.jar.set('__Host-clinicacrm_frame', cookie)
    expect((await frame.ask('GET', '/api/session', undefined, inFrame())).status).toBe(401)
    expect((await agent.ask('GET', '/api/session')).status).toBe(200)
  })

  test('can be ended from the list of sessions, and is replaced by the next one of the same frame', async () => {
    const agent = await clinic.signsIn('agent')
    const { frame } = await entersFrame(clinic, agent)
    await entersFrame(clinic, agent, frame)
    const framed = async () =>
      (await agent.ask('GET', '/api/profile/sessions')).body.sessions.filter(
        ({ platform }: { platform: string | null }) => platform !== null,
      )
    const [only, ...more] = await framed()
    expect(more).toEqual([])
    expect((await agent.ask('DELETE', `/api/profile/sessions/${only.id}`)).status).toBe(204)
    expect((await frame.ask('GET', '/api/session', undefined, inFrame())).status).toBe(401)
  })
})
