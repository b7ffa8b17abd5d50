import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type LiveEvent, livePath } from '@clinicacrm/contract/desk.ts'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'
import { patiently } from '../testing/wire.ts'
import { publish } from './live.ts'

let clinic: Clinic
/** Another process on the same database. */
let second: Clinic
let roma: SignedIn
let milano: SignedIn
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
  second = await openClinic({ clinics: [], connection: clinic.connection })
  roma = await clinic.signsIn('agent', { clinics: ['Roma'] })
  milano = await clinic.signsIn('agent', { clinics: ['Milano'] })
})
afterAll(async () => {
  await second.close()
  await clinic.close()
})

type Heard = LiveEvent & { eventId: string }
type Page = { heard: Heard[]; lastId(): string; isOver(): boolean; leave(): void; headers: Headers }

const open: Page[] = []
afterEach(() => {
  for (const page of open.splice(0)) page.leave()
})

/** A browser's `EventSource`, less its coming back. */
async function opens(person: SignedIn, { at = clinic, lastId = '' } = {}): Promise<Page> {
  const leaving = new AbortController()
  const headers = { cookie: person.cookie, ...(lastId && { 'last-event-id': lastId }) }
  const response = await patiently(() => fetch(at.url + livePath, { headers, signal: leaving.signal }))
  expect(response.status).toBe(200)
  const page = { heard: [] as Heard[], last: '', over: false }
  void read(response.body!, page)
  const found = {
    heard: page.heard,
    lastId: () => page.last,
    isOver: () => page.over,
    leave: () => leaving.abort(),
    headers: response.headers,
  }
  open.push(found)
  await expect.poll(() => page.last).not.toBe('')
  return found
}

async function read(body: ReadableStream<Uint8Array>, page: { heard: Heard[]; last: string; over: boolean }) {
  let unread = ''
  try {
    for await (const text of body.pipeThrough(new TextDecoderStream() as never) as unknown as AsyncIterable<string>) {
      const frames = (unread + text).split('\n\n')
      unread = frames.pop()!
      for (const frame of frames) {
        page.last = /^id: (.*)$/m.exec(frame)?.[1] ?? page.last
        const data = /^data: (.*)$/m.exec(frame)?.[1]
        if (data) page.heard.push({ ...(JSON.parse(data) as LiveEvent), eventId: page.last })
      }
    }
  } catch {
    // Left, or cut off.
  }
  page.over = true
}

const opensCase = (where: string) => clinic.opens({ clinic: where })
const says = (page: Page, id: string) => page.heard.filter((event) => event.case_id === id).map(({ what }) => what)

test('whoever may see a case hears of it at once in every process, whoever may not hears nothing', async () => {
  const [here, there, foreign] = [
    await opens(roma),
    await opens(roma, { at: second }),
    await opens(milano, { at: second }),
  ]
  const { id, patient_id } = await opensCase('Roma')
  for (const page of [here, there]) {
    await expect.poll(() => says(page, id)).toEqual(['created'])
    const [event] = page.heard.filter((heard) => heard.kind === 'case')
    expect(event).toMatchObject({ kind: 'case', id, case_id: id, patient_id, actor: 'system' })
  }
  await roma.ask('POST', `/api/cases/${id}/notes`, { json: { body: 'Sentita' } })
  await expect.poll(() => says(there, id)).toEqual(['created', 'note'])
  const own = await opensCase('Milano')
  await expect.poll(() => says(foreign, own.id)).toEqual(['created'])
  expect(foreign.heard.some((event) => event.patient_id === patient_id)).toBe(false)
})

test('a patient is heard of by the clinics that know them', async () => {
  const { patient_id } = await opensCase('Roma')
  const [here, foreign] = [await opens(roma), await opens(milano)]
  await clinic.ask('PATCH', `/api/patients/${patient_id}`, { json: { alert_text: 'Sente poco' } })
  const { patient_id: own } = await opensCase('Milano')
  await clinic.ask('PATCH', `/api/patients/${own}`, { json: { alert_text: 'Sente poco' } })
  const changed = (page: Page, id: string) =>
    page.heard.some(({ kind, id: heard, what }) => kind === 'patient' && what === 'changed' && heard === id)
  await expect.poll(() => [changed(here, patient_id), changed(foreign, own)]).toEqual([true, true])
  expect([changed(here, own), changed(foreign, patient_id)]).toEqual([false, false])
})

test('an auditor hears, an integrator hears nothing, a key is turned away', async () => {
  const auditor = await opens(await clinic.signsIn('auditor'))
  const integrator = await opens(await clinic.signsIn('integrator'))
  const { id } = await opensCase('Roma')
  await expect.poll(() => says(auditor, id)).toEqual(['created'])
  expect(integrator.heard).toEqual([])
  expect((await clinic.ask('GET', livePath)).status).toBe(403)
  expect((await clinic.ask('GET', livePath, { key: null })).status).toBe(401)
  const { status, headers } = await roma.ask('POST', livePath, { json: {} })
  expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  expect((await roma.ask('HEAD', livePath)).headers.get('content-type')).toContain('text/event-stream')
})

test('nothing on the way may keep or collect a stream, and it says when to come back', async () => {
  const { headers } = await opens(roma)
  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(headers.get('cache-control')).toBe('no-store, no-transform')
  expect(headers.get('x-accel-buffering')).toBe('no')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('what was missed while away is told on coming back, also by another process, and only that', async () => {
  // Both listen, so both keep what they hear.
  const [page] = [await opens(roma), await opens(roma, { at: second })]
  const before = await opensCase('Roma')
  await expect.poll(() => says(page, before.id)).toEqual(['created'])
  page.leave()
  const missed = await opensCase('Roma')
  const hidden = await opensCase('Milano')
  for (const at of [clinic, second]) {
    const back = await opens(roma, { at, lastId: page.lastId() })
    await expect.poll(() => says(back, missed.id)).toEqual(['created'])
    expect([says(back, before.id), says(back, hidden.id)]).toEqual([[], []])
    expect(back.heard.some(({ kind }) => kind === 'refresh')).toBe(false)
  }
})

test('whoever was away too long, or comes with a name we do not know, is told to ask for all again', async () => {
  const back = await opens(roma, { lastId: 'long-forgotten' })
  expect(back.heard.map(({ kind }) => kind)).toEqual(['refresh'])
  const again = await opens(roma, { lastId: back.lastId() })
  expect(again.heard).toEqual([])
})

test('a change of hundreds of cases is one word to each page', async () => {
  const [page, foreign] = [await opens(roma), await opens(milano)]
  const [row] = await clinic.rows<{ id: string }>(`select id from clinics where name = 'Roma'`)
  const event = { kind: 'case', what: 'changed', clinic_id: row!.id } as const
  await clinic.pools.db.transaction(async (db) => {
    for (let i = 1; i <= 300; i++) await publish({ db, by: { actor: 'system' } }, { ...event, id: `${i}` })
  })
  await expect.poll(() => page.heard.map(({ kind }) => kind)).toContain('refresh')
  expect(page.heard.length).toBeLessThan(300)
  expect(foreign.heard).toEqual([])
})

test('a transaction that fails is never heard of', async () => {
  const page = await opens(roma)
  await expect(
    clinic.pools.db.transaction(async (db) => {
      await publish({ db, by: { actor: 'system' } }, { kind: 'case', id: '1', case_id: '1', what: 'lost' })
      await db.execute(sql`select 1 / 0`)
    }),
  ).rejects.toThrow('1 / 0')
  const { id } = await opensCase('Roma')
  await expect.poll(() => says(page, id)).toEqual(['created'])
  expect(page.heard.some(({ what }) => what === 'lost')).toBe(false)
})

test('a killed connection is replaced, and pages are told to ask again for what they may have missed', async () => {
  const page = await opens(roma)
  await clinic.rows(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'clinicacrm live' and datname = current_database()`,
  )
  await expect.poll(() => page.heard.map(({ kind }) => kind), { timeout: 8_000 }).toContain('refresh')
  const { id } = await opensCase('Roma')
  await expect.poll(() => says(page, id)).toEqual(['created'])
})

test('a session that was ended, and a person who may no longer see a clinic, are told so and hear no more', async () => {
  const person = await clinic.signsIn('agent', { clinics: ['Roma'] })
  const tellsOf = (id: string) =>
    publish({ db: clinic.pools.db, by: { actor: 'system' } }, { kind: 'session_ended', id, what: 'changed' })
  const page = await opens(person)
  await clinic.rows(`update users set clinic_ids = '{}' where id = $1`, [person.id])
  await tellsOf(person.id)
  await sleep(200)
  const { id } = await opensCase('Roma')
  await clinic.rows('delete from sessions where user_id = $1', [person.id])
  await tellsOf(person.id)
  await expect.poll(() => page.isOver()).toBe(true)
  expect(page.heard.map(({ kind }) => kind)).toEqual(['session_ended'])
  expect(says(page, id)).toEqual([])
})

test('within a minute a session that is gone is noticed without a word, and a quiet stream goes on from where it is', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  const third = await openClinic({ clinics: [], connection: clinic.connection })
  try {
    const person = await clinic.signsIn('agent', { clinics: ['Milano'] })
    const page = await opens(person, { at: third })
    const first = page.lastId()
    const listening = await opens(roma, { at: third })
    const { id } = await opensCase('Roma')
    await expect.poll(() => says(listening, id)).toEqual(['created'])
    vi.advanceTimersByTime(15_000)
    await expect.poll(() => page.lastId()).not.toBe(first)
    expect([page.heard, page.isOver()]).toEqual([[], false])
    await clinic.rows('delete from sessions where user_id = $1', [person.id])
    vi.advanceTimersByTime(30_000)
    await expect.poll(() => page.isOver()).toBe(true)
    expect(page.heard.map(({ kind }) => kind)).toEqual(['session_ended'])
    expect(listening.isOver()).toBe(false)
  } finally {
    vi.useRealTimers()
    await third.close()
  }
})

test('twenty open pages are a person’s limit; a closed one makes room', async () => {
  const person = await clinic.signsIn('agent')
  const pages = await Promise.all(Array.from({ length: 20 }, () => opens(person)))
  const refused = await person.ask('GET', livePath)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
  pages[0]!.leave()
  await sleep(200)
  await opens(person)
})

test('a page that does not read is cut off, and others go on hearing', async () => {
  const [row] = await clinic.rows<{ id: string }>(`select id from clinics where name = 'Roma'`)
  const deaf = request(clinic.url + livePath, { headers: { cookie: roma.cookie } })
  deaf.on('response', (response) => response.pause())
  deaf.on('error', () => undefined)
  deaf.end()
  const metric = async () =>
    Number(/clinicacrm_live_streams (\d+)/.exec(await (await fetch(`${clinic.url}/api/metrics`)).text())?.[1])
  const page = await opens(milano)
  await expect.poll(metric).toBe(2)
  const event = { kind: 'case', id: '1', case_id: '1', clinic_id: row!.id } as const
  for (let i = 0; i < 200 && (await metric()) === 2; i++) {
    for (let j = 0; j < 20; j++)
      await publish({ db: clinic.pools.db, by: { actor: 'system' } }, { ...event, what: 'x'.repeat(7_000) })
  }
  await expect.poll(metric).toBe(1)
  const { id } = await opensCase('Milano')
  await expect.poll(() => says(page, id)).toEqual(['created'])
  deaf.destroy()
})

test('a stream neither keeps a session alive nor a stop waiting', async () => {
  const third = await openClinic({ clinics: [], connection: clinic.connection })
  const person = await clinic.signsIn('agent')
  await clinic.rows(`update sessions set updated_at = now() - interval '5 minutes' where user_id = $1`, [person.id])
  const page = await opens(person, { at: third })
  const [session] = await clinic.rows<{ minutes: number }>(
    `select extract(epoch from now() - updated_at)::int / 60 as minutes from sessions where user_id = $1`,
    [person.id],
  )
  expect(session!.minutes).toBe(5)
  const startedAt = performance.now()
  await third.app.close()
  expect(performance.now() - startedAt).toBeLessThan(2_000)
  await expect.poll(() => page.isOver()).toBe(true)
  await third.pools.close()
})
