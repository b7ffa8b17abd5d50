import type { CallEventReply } from '@clinicacrm/contract/calls.ts'
import { describe, expect, test } from 'vitest'
import { posted } from '../connector.ts'
import { aircall } from './connector.ts'

const events = aircall.events!
const told = (body: object = {}, data: object = {}) =>
  posted({
    resource: 'call',
    event: 'call.created',
    token: 't-1',
    data: { id: 812, direction: 'inbound', ...data },
    ...body,
  })

test('only what bears the webhook’s token is believed, where one is set', () => {
  expect(events.isGenuine(told(), { token: 't-1' })).toBe(true)
  for (const token of ['t-2', 't-1 ', 'T-1', ' ', undefined, 1, null, {}])
    expect(events.isGenuine(told({ token }), { token: 't-1' })).toBe(false)
  expect(events.isGenuine(posted('no JSON'), { token: 't-1' })).toBe(false)
  expect(events.isGenuine(told({ token: undefined }), {})).toBe(true)
})

test('the end is when it was over, however late Aircall says so', () => {
  const over = { ended_at: 1_795_600_860 }
  const [now, later] = ['call.hungup', 'call.ended'].map((event, i) => {
    const timestamp = 1_795_600_860 + i * 31
    return events.readEvents(told({ event, timestamp }, over), {}).events[0]
  })
  expect(later).toEqual(now)
})

describe('the card on the telephone', () => {
  const account = { api_id: 'an-id', api_token: 'a-token' }
  const reply = {
    id: '30',
    match: 'one',
    case_id: '9',
    screen_pop_url: 'https://crm.example/it/cases/9',
    repeated: false,
  }
  const cardOf = (
    about: object,
    settings: object = account,
    request = told(),
    names: Record<string, string> = { '30': 'Antonio Dorato' },
  ) => {
    const replies = [{ ...reply, ...about } as CallEventReply]
    const [errand] = events.errands(request, settings, { replies, problems: [], url: '', names })
    return errand && { ...errand, body: JSON.parse(errand.body).contents[1] as object }
  }

  test('says who calls, and leads to the case', () => {
    expect(cardOf({})).toEqual({
      method: 'POST',
      url: 'https://api.aircall.io/v1/calls/812/insight_cards',
      headers: { 'content-type': 'application/json', authorization: `Basic ${btoa('an-id:a-token')}` },
      body: { type: 'shortText', label: 'Paziente', text: 'Antonio Dorato', link: 'https://crm.example/it/cases/9' },
    })
  })

  test.each([
    [{}, { ...account, card: 'link' }, 'Paziente conosciuto'],
    [{}, { ...account, card: 'link', language: 'en' }, 'Known patient'],
    [{ match: 'none', case_id: null }, account, 'Nuovo contatto'],
    [{ match: 'none', case_id: null }, { ...account, language: 'es' }, 'Contacto nuevo'],
    [{ match: 'many', case_id: null }, account, 'Più persone con questo numero'],
    [{ case_id: null, screen_pop_url: null }, account, 'Antonio Dorato'],
  ])('%j with %j says %s', (about, settings, text) => {
    expect(cardOf(about, settings)?.body).toMatchObject({ text })
  })

  test('names nobody without a name, nor of several', () => {
    expect(cardOf({}, account, told(), {})?.body).toMatchObject({ text: 'Paziente conosciuto' })
    expect(JSON.stringify(cardOf({ match: 'many', case_id: null }))).not.toContain('Dorato')
  })

  test('is for a call that begins, from outside, once, and where there is an account', () => {
    expect(cardOf({ repeated: true })).toBeUndefined()
    expect(cardOf({ match: 'withheld', case_id: null })).toBeUndefined()
    expect(cardOf({ match: 'internal', case_id: null })).toBeUndefined()
    expect(cardOf({}, {})).toBeUndefined()
    expect(cardOf({}, { ...account, card: 'off' })).toBeUndefined()
    expect(cardOf({}, account, told({ event: 'call.answered' }))).toBeUndefined()
    expect(cardOf({}, account, told({}, { direction: 'outbound' }))).toBeUndefined()
  })

  test('goes to the call, whatever its id', () => {
    expect(cardOf({}, account, told({}, { id: '../users' }))?.url).toBe(
      'https://api.aircall.io/v1/calls/..%2Fusers/insight_cards',
    )
  })
})
