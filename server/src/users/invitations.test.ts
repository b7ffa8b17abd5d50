import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser } from '../testing/browser.ts'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'

// Letters through a real SMTP server, read as a mail program reads them.

const password = 'quattro parole messe a caso'
/** In the order they came, read meanwhile. */
const letters: Promise<{ to: string; mail: ParsedMail; raw: string }>[] = []
let isDown = false
const postOffice = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onConnect: (_session, done) => (isDown ? done(new Error('closed')) : done()),
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      const raw = Buffer.concat(chunks).toString()
      letters.push(read(session.envelope.rcptTo.map(({ address }) => address).join(), raw))
      done()
    })
  },
})

async function read(to: string, raw: string) {
  return { to, mail: await simpleParser(raw), raw }
}

let clinic: Clinic
let owner: SignedIn
beforeAll(async () => {
  await new Promise<void>((resolve) => postOffice.listen(0, '127.0.0.1', resolve))
  const { port } = postOffice.server.address() as AddressInfo
  clinic = await openClinic({
    clinics: ['Roma', 'Milano'],
    env: {
      TRUSTED_PROXIES: '127.0.0.1',
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: 'ClínicaCRM <crm@clinic.example>',
    },
  })
  owner = await clinic.signsIn('owner', { name: 'Adele Moretti' })
})
beforeEach(() => {
  letters.length = 0
  isDown = false
})
afterAll(async () => {
  await clinic.close()
  await new Promise<void>((resolve) => postOffice.close(() => resolve()))
})

let guests = 0
const invite = (more: object = {}, by: SignedIn = owner) =>
  by.ask('POST', '/api/invitations', {
    json: { email: `guest${++guests}@clinic.example`, name: 'Guest', role: 'agent', clinics: null, ...more },
  })
const tokenIn = (text = '') => /(?:invitation|reset-password)\/([\w-]{43})/.exec(text)?.[1] ?? 'none'
const browser = () => openBrowser(clinic.url)
const join = (token: string, more: object = {}) =>
  browser().ask('POST', `/api/invitation-links/${token}`, { name: 'Guest Ospite', password, locale: 'en', ...more })
const newest = () => letters.at(-1)!

describe('an invitation', () => {
  test('goes out as a letter, shows what it is for, and lets one person in with the rights it names', async () => {
    const { status, body } = await invite({ email: 'Nuova@clinic.example', clinics: ['Roma'], locale: 'es' })
    expect([status, body.mailed, body.link]).toEqual([201, true, null])
    expect(body.invitation).toMatchObject({
      email: 'nuova@clinic.example',
      clinics: ['Roma'],
      invited_by: 'Adele Moretti',
    })
    const { to, mail } = await newest()
    expect([to, mail.subject]).toEqual(['nuova@clinic.example', 'Invitación a ClínicaCRM de ClínicaCRM'])
    expect((mail.from as AddressObject).value[0]).toEqual({ name: 'ClínicaCRM', address: 'crm@clinic.example' })
    expect(mail.text).toContain('https://crm.example/es/invitation/')
    expect(tokenIn(mail.html || '')).toBe(tokenIn(mail.text))
    const token = tokenIn(mail.text)
    const shown = await browser().ask('GET', `/api/invitation-links/${token}`)
    expect(shown.body).toEqual({
      email: 'nuova@clinic.example',
      name: 'Guest',
      role: 'agent',
      organisation: 'ClínicaCRM',
      locale: 'es',
    })
    const joined = await join(token)
    expect([joined.status, joined.body.session.user.name, joined.body.session.user.role]).toEqual([
      201,
      'Guest Ospite',
      'agent',
    ])
    expect(joined.body.session.clinics.map(({ name }: { name: string }) => name)).toEqual(['Roma'])
    expect((await browser().enter('nuova@clinic.example', password)).status).toBe(200)
  })

  test('is good for one, also where many come at the same moment', async () => {
    await invite()
    const token = tokenIn((await newest()).mail.text)
    const joined = await Promise.all(Array.from({ length: 12 }, () => join(token)))
    expect(joined.filter(({ status }) => status === 201)).toHaveLength(1)
    expect((await join(token)).body.code).toBe('link_expired')
    expect((await browser().ask('GET', `/api/invitation-links/${token}`)).status).toBe(410)
  }, 30_000)

  test('ends after seven days, when it is renewed, and when it is taken back', async () => {
    const { body } = await invite()
    const { id } = body.invitation
    const first = tokenIn((await newest()).mail.text)
    const renewed = await owner.ask('POST', `/api/invitations/${id}/renew`)
    expect([renewed.status, renewed.body.mailed]).toEqual([200, true])
    const second = tokenIn((await newest()).mail.text)
    expect((await join(first)).body.code).toBe('link_expired')
    await clinic.rows("update invitations set expires_at = now() - interval '1 second' where id = $1", [id])
    expect((await join(second)).body.code).toBe('link_expired')
    await owner.ask('POST', `/api/invitations/${id}/renew`)
    const third = tokenIn((await newest()).mail.text)
    expect((await owner.ask('DELETE', `/api/invitations/${id}`)).status).toBe(204)
    expect((await join(third)).body.code).toBe('link_expired')
    expect((await owner.ask('POST', `/api/invitations/${id}/renew`)).status).toBe(404)
  })

  test('is not made twice for one address, nor for somebody who is here', async () => {
    const email = 'twice@clinic.example'
    expect((await invite({ email })).status).toBe(201)
    expect((await invite({ email: 'TWICE@clinic.example' })).body.code).toBe('already_exists')
    expect((await invite({ email: owner.email })).body.code).toBe('already_exists')
    const many = await Promise.all(Array.from({ length: 6 }, () => invite({ email: 'many@clinic.example' })))
    expect(many.filter(({ status }) => status === 201)).toHaveLength(1)
  })

  test('keeps the token as a hash, and names it in no trace', async () => {
    await invite()
    const token = tokenIn((await newest()).mail.text)
    const everything = JSON.stringify([
      await clinic.rows('select * from invitations'),
      await clinic.rows('select * from audit_events'),
    ])
    expect(everything).not.toContain(token)
  })

  test('asks for a password that nobody would try, without using the link up', async () => {
    await invite()
    const token = tokenIn((await newest()).mail.text)
    expect((await join(token, { password: 'passwordpassword' })).body.reason).toBe('common')
    expect((await join(token, { password: 'breve breve' })).body.reason).toBe('too_short')
    expect((await join(token)).status).toBe(201)
  })

  test('of somebody who was shut out meanwhile is void', async () => {
    const colleague = await clinic.signsIn('owner')
    await invite({}, colleague)
    const token = tokenIn((await newest()).mail.text)
    await owner.ask('PATCH', `/api/users/${colleague.id}`, { json: { active: false } })
    expect((await join(token)).body.code).toBe('link_expired')
  })

  test('is kept where the letter does not leave: the link is handed over instead', async () => {
    isDown = true
    const { status, body } = await invite()
    expect([status, body.mailed]).toEqual([201, false])
    expect((await join(tokenIn(body.link))).status).toBe(201)
  })
})

describe('without a mail server', () => {
  test('the link is handed over, and the pages know that no letters leave', async () => {
    const silent = await openClinic({ env: { TRUSTED_PROXIES: '127.0.0.1' } })
    const lead = await silent.signsIn('owner')
    const json = { email: 'a@clinic.example', name: 'A', role: 'agent', clinics: null }
    const { body } = await lead.ask('POST', '/api/invitations', { json })
    expect([body.mailed, tokenIn(body.link)]).toEqual([false, expect.stringMatching(/^[\w-]{43}$/)])
    expect((await lead.ask('GET', '/api/front-door')).body.mail).toBe(false)
    const forgotten = await openBrowser(silent.url).ask('POST', '/api/password/forgotten', { email: lead.email })
    expect(forgotten.status).toBe(204)
    await silent.close()
  })
})

describe('hostile names', () => {
  const names = {
    'a script': '<script>alert(1)</script><img src=x onerror=alert(1)>',
    'a header': 'Eva\r\nBcc: victim@evil.example\r\n\r\nBody',
    'an address': '"Eva" <victim@evil.example>, other@evil.example',
    'right to left': '\u202Eeve\u202C \u2066مرحبا\u2069 שלום',
    emoji: '👩🏽‍⚕️ Eva 🧿',
    'a template': '{{constructor}} ${process.env} %s &amp; &lt;',
  }

  test.each(Object.entries(names))('of %s stay names in a letter', async (_, name) => {
    expect((await owner.ask('PATCH', '/api/organisation', { json: { name } })).status).toBe(200)
    expect((await owner.ask('PATCH', '/api/profile', { json: { name } })).status).toBe(200)
    const { status, body } = await invite({ name })
    expect([status, body.mailed]).toEqual([201, true])
    const { to, mail, raw } = await newest()
    expect(to).toBe(`guest${guests}@clinic.example`)
    expect([mail.bcc, mail.cc, (mail.to as AddressObject).value]).toEqual([
      undefined,
      undefined,
      [{ name: '', address: to }],
    ])
    expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^(bcc|body)/im)
    const html = mail.html || ''
    expect(html).not.toMatch(/<script|<img|onerror=(?!alert\(1\)&gt;)/i)
    expect([mail.text, html, mail.subject].join('')).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
    const plain = name.replace(/[\u202A-\u202E\u2066-\u2069]/g, '').replace(/[\r\n]+/g, ' ')
    expect(mail.text).toContain(plain)
    expect(mail.subject).toContain(plain)
  })
})

describe('a forgotten password', () => {
  const forget = (email: string, from = browser()) =>
    from.ask('POST', '/api/password/forgotten', { email, locale: 'en' })
  const sent = async (count: number) => {
    await expect.poll(() => letters.length).toBe(count)
    return tokenIn((await newest()).mail.text)
  }
  const reset = (token: string, next: string) => browser().ask('POST', '/api/password/reset', { token, password: next })
  const next = 'altre quattro parole ancora'

  test('is replaced through a link in the owner’s language, which ends every session', async () => {
    const { id, email } = await clinic.signsIn('agent', { password, locale: 'es' })
    const home = browser()
    await home.enter(email, password)
    expect((await forget(` ${email.toUpperCase()}`.trim())).status).toBe(204)
    const token = await sent(1)
    expect((await newest()).mail.subject).toContain('Nueva contraseña')
    expect((await reset(token, next)).status).toBe(204)
    expect((await home.ask('GET', '/api/session')).status).toBe(401)
    expect((await browser().enter(email, password)).status).toBe(401)
    expect((await browser().enter(email, next)).status).toBe(200)
    const traces = await clinic.rows<{ action: string }>(
      "select action from audit_events where subject_id = $1 and action like 'user.password%' order by id",
      [id],
    )
    expect(traces.map(({ action }) => action)).toEqual(['user.password_forgotten', 'user.password_reset'])
  })

  test('is asked about alike whether the address is known or not', async () => {
    const [known, shutOut] = [await clinic.signsIn('agent', { password }), await clinic.signsIn('agent')]
    await clinic.rows('update users set active = false where id = $1', [shutOut.id])
    const replies = [await forget(known.email), await forget('nobody@clinic.example'), await forget(shutOut.email)]
    for (const { status, text, headers } of replies)
      expect([status, text, [...headers].filter(([name]) => name !== 'date')]).toEqual([
        204,
        '',
        [...replies[0]!.headers].filter(([name]) => name !== 'date'),
      ])
    await sent(1)
    expect((await Promise.all(letters)).map(({ to }) => to)).toEqual([known.email])
  })

  test('has a link that works once, for an hour, for one of many at the same moment', async () => {
    const { email } = await clinic.signsIn('agent', { password })
    await forget(email)
    const first = await sent(1)
    await clinic.rows(
      "update verifications set expires_at = now() - interval '1 second' where identifier like 'password-reset:%'",
    )
    expect((await reset(first, next)).body.code).toBe('link_expired')
    await forget(email)
    const second = await sent(2)
    expect((await reset(second, 'passwordpassword')).body.reason).toBe('common')
    const tries = await Promise.all(Array.from({ length: 10 }, () => reset(second, next)))
    expect(tries.filter(({ status }) => status === 204)).toHaveLength(1)
    expect(new Set(tries.filter(({ status }) => status !== 204).map(({ body }) => body.code))).toEqual(
      new Set(['link_expired']),
    )
  }, 30_000)

  test('fills nobody’s mailbox', async () => {
    const { email } = await clinic.signsIn('agent', { password })
    for (let i = 0; i < 9; i++) expect((await forget(email)).status).toBe(204)
    await sent(5)
    const stranger = browser()
    const statuses = []
    for (let i = 0; i < 32; i++) statuses.push((await forget(`x${i}@clinic.example`, stranger)).status)
    expect(statuses.slice(-2)).toEqual([429, 429])
    expect(letters).toHaveLength(5)
  })

  test('keeps the token as a hash', async () => {
    const { email } = await clinic.signsIn('agent', { password })
    await forget(email)
    const token = await sent(1)
    expect(JSON.stringify(await clinic.rows('select * from verifications'))).not.toContain(token)
  })
})
