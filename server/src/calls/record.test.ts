import type { CallEventReply, CallView } from '@clinicacrm/contract/calls.ts'
import type { PopView } from '@clinicacrm/contract/pops.ts'
import { livePath } from '@clinicacrm/contract/desk.ts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, randomMobile, type SignedIn } from '../testing/harness.ts'
import { patiently } from '../testing/wire.ts'

let clinic: Clinic
/** Another process on the same database. */
let second: Clinic
let giulia: SignedIn
let marco: SignedIn
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
  second = await openClinic({ clinics: [], connection: clinic.connection })
  giulia = await clinic.signsIn('agent', { clinics: ['Roma'], name: 'Giulia Conti' })
  marco = await clinic.signsIn('agent', { clinics: ['Roma'], name: 'Marco Sala' })
})
afterAll(async () => {
  await second.close()
  await clinic.close()
})

let calls = 0
const newCall = () => `call-${++calls}`
async function tells(event: object, at = clinic): Promise<CallEventReply> {
  const { status, body, text } = await at.ask('POST', '/api/calls/events', { json: event, key: clinic.key })
  expect(status, text).toBe(200)
  return body
}
const popsOf = async (who: SignedIn): Promise<PopView[]> => (await who.ask('GET', '/api/pops')).body.pops
const popOf = async (who: SignedIn, id: string) => (await popsOf(who)).find((pop) => pop.id === id)

type Stream = { heard: { kind: string; id: string; what: string }[]; leave(): void }
const streams: Stream[] = []
afterEach(() => {
  for (const stream of streams.splice(0)) stream.leave()
})
async function listens(who: SignedIn, at = clinic): Promise<Stream> {
  const leaving = new AbortController()
  const response = await patiently(() =>
    fetch(at.url + livePath, { headers: { cookie: who.cookie }, signal: leaving.signal }),
  )
  const stream: Stream = { heard: [], leave: () => leaving.abort() }
  streams.push(stream)
  const first = Promise.withResolvers<void>()
  void (async () => {
    const text = response.body!.pipeThrough(new TextDecoderStream() as never) as unknown as AsyncIterable<string>
    try {
      for await (const chunk of text) {
        first.resolve()
        for (const [, data = '{}'] of chunk.matchAll(/^data: (.*)$/gm)) stream.heard.push(JSON.parse(data))
      }
    } catch {
      // Left.
    }
  })()
  await first.promise
  // The first beat says that the stream is among the others.
  await expect.poll(() => stream.heard.length >= 0).toBe(true)
  return stream
}

describe('a call that rings', () => {
  test('shows the case to the agent it rings at, in whatever process their page is, and to nobody else', async () => {
    const phone = randomMobile()
    const { id: caseId, patient_id } = await clinic.opens({
      clinic: 'Roma',
      first_name: 'Antonio',
      last_name: 'Dorato',
      phone,
    })
    const [hers, his] = [await listens(giulia, second), await listens(marco)]
    const told = await tells({ call_id: newCall(), event: 'ringing', from: phone, agent: giulia.email })
    expect(told).toMatchObject({
      state: 'ringing',
      match: 'one',
      case_id: caseId,
      screen_pop_url: `https://crm.example/it/cases/${caseId}`,
      delivered: true,
      agents: [{ agent: giulia.email, known: true, delivered: true }],
      repeated: false,
    })
    await expect
      .poll(() => hers.heard.filter(({ kind }) => kind === 'call'))
      .toMatchObject([{ id: told.id, what: 'ringing' }])
    expect(his.heard.filter(({ kind }) => kind === 'call')).toEqual([])
    expect(await popOf(giulia, told.id)).toMatchObject({
      call: { patient_id, patient_name: 'Antonio Dorato', state: 'ringing' },
      case: { id: caseId },
      callers: [{ patient_id, case_id: caseId }],
    })
    expect(await popOf(marco, told.id)).toBeUndefined()
    expect((await marco.ask('GET', `/api/pops/${told.id}`)).status).toBe(404)
  })

  test('waits in the tray of an agent without an open page, who is told when they come', async () => {
    const told = await tells({ call_id: newCall(), event: 'ringing', from: randomMobile(), agent: marco.email })
    expect(told).toMatchObject({ delivered: false, match: 'none' })
    expect(await popOf(marco, told.id)).toMatchObject({ callers: [], delivered_at: expect.any(String) })
  })

  test('at an agent nobody knows is kept, and says so', async () => {
    const told = await tells({ call_id: newCall(), event: 'ringing', from: randomMobile(), agent: '4711' })
    expect(told.agents).toEqual([{ agent: '4711', known: false, delivered: false }])
  })

  test('an event that arrives again changes nothing and pops nothing', async () => {
    const event = { call_id: newCall(), event: 'ringing', from: randomMobile(), agent: giulia.email }
    const first = await tells(event)
    const hers = await listens(giulia)
    expect(await tells(event, second)).toMatchObject({ id: first.id, repeated: true })
    expect(hers.heard.filter(({ id }) => id === first.id)).toEqual([])
  })

  test('several people with one number: nobody is guessed', async () => {
    const phone = randomMobile()
    await clinic.opens({ clinic: 'Roma', first_name: 'Anna', last_name: 'Verdi', phone })
    await clinic.opens({ clinic: 'Roma', first_name: 'Luca', last_name: 'Verdi', phone })
    const told = await tells({ call_id: newCall(), event: 'ringing', from: phone, agent: giulia.email })
    expect(told).toMatchObject({ match: 'many', case_id: null })
    const { callers } = (await popOf(giulia, told.id))!
    expect(callers.map(({ name }) => name).toSorted()).toEqual(['Anna Verdi', 'Luca Verdi'])
    const luca = callers.find(({ name }) => name === 'Luca Verdi')!
    const linked = await giulia.ask('POST', `/api/calls/${told.id}/link`, { json: { patient_id: luca.patient_id } })
    expect(linked.body).toMatchObject({ match: 'linked', patient_name: 'Luca Verdi', case_id: luca.case_id })
    await tells({ call_id: linked.body.call_id, event: 'answered', agent: giulia.email })
    expect(await popOf(giulia, told.id)).toMatchObject({ call: { match: 'linked', patient_name: 'Luca Verdi' } })
    const again = await tells({ call_id: newCall(), event: 'ringing', from: phone, agent: giulia.email })
    const [first] = (await popOf(giulia, again.id))!.callers
    expect(first).toMatchObject({ name: 'Luca Verdi', is_last_chosen: true })
  })

  test('a hidden number, an extension and our own number are nobody’s', async () => {
    await clinic.rows(`update clinics set phone = '+39 06 5550 1000' where name = 'Roma'`)
    const matchOf = async (from: string) => (await tells({ call_id: newCall(), event: 'ringing', from })).match
    expect(await matchOf('anonymous')).toBe('withheld')
    expect(await matchOf('sip:recall@pbx.local')).toBe('internal')
    expect(await matchOf('06 5550 1000')).toBe('internal')
  })

  test('a case the platform knows beats any search; one that is gone leads to the newest', async () => {
    const phone = randomMobile()
    const other = await clinic.opens({ clinic: 'Roma', phone })
    const known = await clinic.opens({ clinic: 'Roma' })
    const event = { event: 'ringing', from: phone, case_id: known.id }
    expect(await tells({ ...event, call_id: newCall() })).toMatchObject({ match: 'explicit', case_id: known.id })
    await clinic.ask('DELETE', `/api/cases/${known.id}`)
    const newer = await clinic.ask('POST', '/api/cases', { json: { patient_id: known.patient_id, clinic: 'Roma' } })
    expect(await tells({ ...event, call_id: newCall() })).toMatchObject({ match: 'explicit', case_id: newer.body.id })
    expect(await tells({ ...event, call_id: newCall(), case_id: '999999' })).toMatchObject({
      match: 'one',
      case_id: other.id,
    })
  })

  test('a patient of a foreign clinic is not named', async () => {
    const phone = randomMobile()
    await clinic.opens({ clinic: 'Milano', first_name: 'Straniero', phone })
    const told = await tells({ call_id: newCall(), event: 'ringing', from: phone, agent: giulia.email })
    const pop = (await popOf(giulia, told.id))!
    expect(JSON.stringify(pop)).not.toContain('Straniero')
    expect(pop).toMatchObject({ callers: [], case: null, call: { patient_id: null, case_id: null } })
  })
})

describe('a call goes on', () => {
  test('whoever answers has it, the others are rid of it, and its wrap-up is owed', async () => {
    const call_id = newCall()
    const told = await tells({
      call_id,
      event: 'ringing',
      from: randomMobile(),
      at: '2026-11-25T09:00:00Z',
      agents: [giulia.email, marco.email],
    })
    await tells({ call_id, event: 'answered', agent: marco.email, at: '2026-11-25T09:00:07Z' })
    expect(await popOf(giulia, told.id)).toBeUndefined()
    await tells({ call_id, event: 'ended', at: '2026-11-25T09:02:07Z' })
    expect(await popOf(marco, told.id)).toMatchObject({
      call: {
        state: 'ended',
        result: 'answered',
        wait_seconds: 7,
        talk_seconds: 120,
        agent: 'Marco Sala',
        wrap_up_owed: true,
      },
    })
  })

  test('a transfer brings the call to the colleague, with the note so far', async () => {
    const call_id = newCall()
    const told = await tells({ call_id, event: 'ringing', from: randomMobile(), agent: giulia.email })
    await tells({ call_id, event: 'answered', agent: giulia.email })
    await clinic.rows(
      `insert into wrap_up_drafts (call, user_id, draft) values ($1, $2, '{"note": "Chiede del laser"}')`,
      [told.id, giulia.id],
    )
    const his = await listens(marco)
    const given = await tells({ call_id, event: 'transferred', agent: marco.email })
    expect(given).toMatchObject({ delivered: true })
    await expect.poll(() => his.heard.map(({ what }) => what)).toContain('ringing')
    expect(await popOf(marco, told.id)).toMatchObject({
      transferred_by: 'Giulia Conti',
      note_so_far: 'Chiede del laser',
      call: { agent: 'Marco Sala' },
    })
  })

  test('events in any order, twice and over two processes make one call', async () => {
    const call_id = newCall()
    const at = (second: number) => `2026-11-25T09:10:${String(second).padStart(2, '0')}Z`
    const events = [
      { event: 'ended', at: at(50) },
      { event: 'answered', agent: giulia.email, at: at(8) },
      { event: 'ringing', from: randomMobile(), agent: giulia.email, at: at(1) },
      { event: 'held', at: at(20) },
    ]
    const told = await Promise.all(
      [...events, ...events].map((event, i) => tells({ call_id, ...event }, i % 2 ? second : clinic)),
    )
    expect(new Set(told.map(({ id }) => id)).size).toBe(1)
    const { body } = await giulia.ask('GET', `/api/calls/${told[0]!.id}`)
    expect(body).toMatchObject({ state: 'ended', result: 'answered', wait_seconds: 7, talk_seconds: 42 })
    expect(body.events.map(({ event }: { event: string }) => event)).toEqual(['ringing', 'answered', 'held', 'ended'])
    expect(await clinic.rows('select user_id from pops where call = $1', [told[0]!.id])).toEqual([
      { user_id: giulia.id },
    ])
  })

  test('a missed call waits to be called back', async () => {
    const phone = randomMobile()
    for (const call_id of [newCall(), newCall()]) {
      await tells({ call_id, event: 'ringing', from: phone, agent: giulia.email })
      await tells({ call_id, event: 'missed' })
    }
    const rows = await clinic.rows(`select missed_count from callbacks where phone = $1 and state = 'open'`, [
      phone.replaceAll(' ', ''),
    ])
    expect(rows).toEqual([{ missed_count: 2 }])
  })
})

describe('the call log', () => {
  test('is filtered by digits, name and state, and shows nobody a foreign clinic', async () => {
    const phone = randomMobile()
    const { id: caseId } = await clinic.opens({ clinic: 'Milano', first_name: 'Zelda', last_name: 'Straniera', phone })
    await tells({ call_id: newCall(), event: 'ringing', from: phone })
    const log = async (who: SignedIn, query: object): Promise<CallView[]> =>
      (await who.ask('GET', `/api/calls?${new URLSearchParams({ ...query }).toString()}`)).body.calls
    const lead = await clinic.signsIn('team_lead')
    expect(await log(lead, { search: phone.slice(-7) })).toMatchObject([{ case_id: caseId }])
    expect(await log(lead, { search: 'straniera zelda' })).toMatchObject([{ case_id: caseId }])
    expect(await log(giulia, { search: phone.slice(-7) })).toEqual([])
    expect(await log(giulia, { search: 'zelda' })).toEqual([])
    expect((await log(lead, { state: 'ringing', direction: 'inbound' })).length).toBeGreaterThan(0)
    expect((await lead.ask('GET', '/api/calls?state=nonsense')).status).toBe(400)
  })

  test('says whose cards were painted, and names a patient twice to nobody within ten minutes', async () => {
    const phone = randomMobile()
    const { patient_id } = await clinic.opens({ clinic: 'Roma', phone })
    const ring = { call_id: newCall(), event: 'ringing', from: phone }
    const { id } = await tells({ ...ring, agent: giulia.email })
    const popped = async (pop: string): Promise<CallView[]> =>
      (await giulia.ask('GET', `/api/calls?pop=${pop}&search=${phone.slice(-7)}`)).body.calls
    expect([await popped('offered'), await popped('unseen')]).toMatchObject([[{ id }], [{ id }]])
    expect(await popped('shown')).toEqual([])
    await giulia.ask('POST', `/api/pops/${id}`, { json: { what: 'shown' } })
    expect([await popped('shown'), await popped('unseen')]).toMatchObject([[{ id }], []])
    const traces = `select from access_events where patient_id = $1 and profile = 'match' and conversation_id is null`
    await expect.poll(() => clinic.rows(traces, [patient_id])).toHaveLength(1)
  })
})

describe('a page that a platform opens', () => {
  const goes = async (query: string, who: SignedIn | null = giulia) => {
    const headers = who ? { cookie: who.cookie } : {}
    const response = await fetch(`${clinic.url}/pop?${query}`, { headers, redirect: 'manual' })
    expect(response.status).toBe(302)
    return response.headers.get('location')
  }
  test('leads to the case, the new case, the chooser, or the search', async () => {
    const [phone, shared] = [randomMobile(), randomMobile()]
    const { id } = await clinic.opens({ clinic: 'Roma', phone })
    await clinic.opens({ clinic: 'Roma', phone: shared })
    await clinic.opens({ clinic: 'Roma', phone: shared })
    expect(await goes(`phone=${encodeURIComponent(phone)}`)).toBe(`it/cases/${id}`)
    expect(await goes('phone=+391234567890')).toBe('it/cases/new?phone=%2B391234567890')
    expect(await goes(`phone=${encodeURIComponent(shared)}`)).toMatch(/^it\/pop\?phone=/)
    expect(await goes('phone=@Call.ANI@')).toMatch(/^it\/pop\?/)
    expect(await goes(`phone=%7B%7Bphone%7D%7D&case_id=${id}`)).toBe(`it/cases/${id}`)
    expect(await goes('phone=anonymous')).toMatch(/^it\/pop\?/)
  })
  test('asks whoever is not signed in to do so first, and keeps what was asked', async () => {
    expect(await goes('phone=%2B390622224444&call_id=c1', null)).toBe('it/pop?phone=%2B390622224444&call_id=c1')
  })
})
