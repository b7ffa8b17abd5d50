import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { speak } from '../i18n.ts'
import { reasonIn } from './reason.ts'

const place = { zone: 'Europe/Rome', now: new Date('2026-11-25T10:00:00Z') }
const { t } = i18next
const facts = { clinic: 'Centro Oculistico Roma', treatment: 'SMILE', origin: null }

beforeAll(async () => {
  Object.assign(globalThis, { document: { documentElement: { lang: '' } } })
  await speak('it')
})

test('an appointment says when, as people do, by the clocks of the clinic', () => {
  const said = (moment: string) => reasonIn(t, { kind: 'appointment', at: moment, ...facts }, place)
  expect(said('2026-11-25T23:30:00Z')).toBe('Appuntamento domani alle 00:30, Centro Oculistico Roma')
  expect(said('2026-11-26T09:30:00Z')).toBe('Appuntamento domani alle 10:30, Centro Oculistico Roma')
  expect(said('2026-11-25T14:00:00Z')).toBe('Appuntamento oggi alle 15:00, Centro Oculistico Roma')
  expect(said('2026-11-27T09:30:00Z')).toBe('Appuntamento venerdì alle 10:30, Centro Oculistico Roma')
  expect(said('2026-12-20T09:30:00Z')).toBe('Appuntamento il 20/12/2026 alle 10:30, Centro Oculistico Roma')
})

test('a day without a time is told without one', () => {
  const reason = { kind: 'callback_due' as const, at: '2026-11-25T23:00:00Z', ...facts }
  expect(reasonIn(t, reason, place)).toBe('Attende una chiamata domani')
})

test('a quote names its treatment and how long ago it was sent', () => {
  const reason = { kind: 'quote_sent' as const, at: '2026-11-22T10:00:00Z', ...facts }
  expect(reasonIn(t, reason, place)).toBe('Preventivo inviato 3 giorni fa: SMILE')
  expect(reasonIn(t, { ...reason, treatment: null }, place)).toBe('Preventivo inviato 3 giorni fa')
})

test('a new request says where it came from, if anybody knows', () => {
  const reason = { kind: 'first_contact' as const, at: '2026-11-25T09:00:00Z', ...facts }
  expect(reasonIn(t, { ...reason, origin: 'Google Ads' }, place)).toBe(
    'Nuova richiesta da Google Ads, arrivata oggi alle 10:00',
  )
  expect(reasonIn(t, reason, place)).toBe('Nuova richiesta, arrivata oggi alle 10:00')
})
