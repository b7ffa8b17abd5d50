import { lifecycle, type StatusCode } from '@clinicacrm/contract/lifecycle.ts'
import { expect, test } from 'vitest'
import { alertsOf } from './alerts.ts'
import { reasonOf } from './reason.ts'

const now = new Date('2026-03-10T12:00:00Z')
const days = (count: number) => new Date(now.getTime() + count * 86_400_000).toISOString()
const opened = days(-60)
const kase = (status: string, follow_up_date: string | null = null) => ({
  status,
  follow_up_date,
  created_at: opened,
  disposition: null as string | null,
  clinic: 'Roma',
  treatment: 'SMILE Surgery',
  origin: 'Google Ads',
})

const [yesterday, tomorrow, moved] = [days(-1), days(1), days(-3)]

test.each<[StatusCode, string | null, string, string | null]>([
  ['NUOVO', null, 'first_contact', opened],
  ['NUOVO', yesterday, 'first_contact', opened],
  ['IN_CORSO', null, 'in_progress', moved],
  ['IN_CORSO', tomorrow, 'callback_due', tomorrow],
  ['DA_RICHIAMARE', tomorrow, 'callback_due', tomorrow],
  ['DA_RICHIAMARE', yesterday, 'callback_overdue', yesterday],
  ['DA_RICHIAMARE', null, 'callback_due', null],
  ['NON_RAGGIUNGIBILE', tomorrow, 'unreachable', moved],
  ['APPUNTAMENTO', tomorrow, 'appointment', tomorrow],
  ['APPUNTAMENTO', yesterday, 'appointment_passed', yesterday],
  ['APPUNTAMENTO', null, 'appointment', null],
  ['NON_PRESENTATO', tomorrow, 'no_show', moved],
  ['VISITA_EFFETTUATA', null, 'consultation_done', moved],
  ['PREVENTIVO', tomorrow, 'quote_sent', moved],
  ['INTERVENTO_PROGRAMMATO', tomorrow, 'procedure', tomorrow],
  ['INTERVENTO_PROGRAMMATO', yesterday, 'procedure_passed', yesterday],
  ['INTERVENTO_ESEGUITO', tomorrow, 'post_op', moved],
  ['IN_PAUSA', tomorrow, 'postponed', tomorrow],
  ['PERSO', null, 'lost', moved],
  ['CHIUSO', null, 'closed', moved],
])('%s with a follow-up on %s: %s at %s', (status, due, kind, at) => {
  const { clinic, treatment, origin } = kase(status)
  expect(reasonOf(kase(status, due), { lastMoveAt: moved }, now)).toEqual({ kind, at, clinic, treatment, origin })
})

test.each([
  [30, tomorrow, 'post_op', days(-30)],
  [31, tomorrow, 'appointment', tomorrow],
  [31, yesterday, 'closed', days(-31)],
  [31, null, 'closed', days(-31)],
])('%i days after the surgery, with a check on %s: %s', (since, due, kind, at) => {
  expect(reasonOf(kase('INTERVENTO_ESEGUITO', due), { lastMoveAt: days(-since) }, now)).toMatchObject({ kind, at })
})

test('a case that never moved has been where it is since it was opened', () => {
  expect(reasonOf(kase('PREVENTIVO'), { lastMoveAt: null }, now)).toMatchObject({ kind: 'quote_sent', at: opened })
})

test('every status of the lifecycle has a reason', () => {
  for (const status of Object.keys(lifecycle)) {
    expect(reasonOf(kase(status), { lastMoveAt: null }, now).kind, status).toMatch(/^[a-z_]+$/)
  }
})

const patient = { do_not_contact: false, do_not_contact_reason: null, alert_text: null }
const calm = {
  case: kase('APPUNTAMENTO', tomorrow),
  patient,
  numbers: [],
  lastMoveAt: moved,
  duplicateId: null,
  isIdentityOpen: false,
}
const kindsOf = (facts: Partial<Parameters<typeof alertsOf>[0]>) =>
  alertsOf({ ...calm, ...facts }, now).map(({ kind, text, patient_id }) => [kind, text ?? patient_id].filter(Boolean))

test('a case in good order raises no alert', () => {
  expect(kindsOf({})).toEqual([])
})

test('all that must be known comes at once, the gravest first', () => {
  const facts = {
    case: { ...kase('IN_CORSO'), disposition: 'RECLAMO' },
    patient: { do_not_contact: true, do_not_contact_reason: 'Ha scritto al garante', alert_text: 'Sente poco' },
    numbers: [
      { shown: '+39 06 2222 4444', wrong_at: moved },
      { shown: '+39 333 222 4444', wrong_at: null },
    ],
    duplicateId: '7',
    isIdentityOpen: true,
  }
  expect(kindsOf(facts)).toEqual([
    ['do_not_contact', 'Ha scritto al garante'],
    ['patient_alert', 'Sente poco'],
    ['complaint'],
    ['identity_unconfirmed'],
    ['possible_duplicate', '7'],
    ['wrong_number', '+39 06 2222 4444'],
    ['no_next_action'],
  ])
})

test.each([
  ['INTERVENTO_ESEGUITO', null, days(-6), true],
  ['INTERVENTO_ESEGUITO', null, days(-8), false],
  ['INTERVENTO_ESEGUITO', null, null, false],
  ['CHIUSO', 'URGENZA_POST_OP', days(-90), true],
  ['INTERVENTO_PROGRAMMATO', null, days(-1), false],
])('%s with %s since %s: surgery is recent or urgent is %s', (status, disposition, lastMoveAt, raised) => {
  const facts = { case: { ...kase(status, tomorrow), disposition }, lastMoveAt }
  expect(kindsOf(facts)).toEqual(raised ? [['post_op']] : [])
})

test.each([
  ['NUOVO', null, true],
  ['VISITA_EFFETTUATA', null, true],
  ['IN_CORSO', tomorrow, false],
  ['PREVENTIVO', null, false],
  ['CHIUSO', null, false],
])('%s with a follow-up on %s has no next action: %s', (status, due, raised) => {
  expect(kindsOf({ case: kase(status, due) })).toEqual(raised ? [['no_next_action']] : [])
})
