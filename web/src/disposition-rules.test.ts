import type { CasePage } from '@clinicacrm/contract/case-page.ts'
import { moveBetween, type StatusCode, statusCodes } from '@clinicacrm/contract/lifecycle.ts'
import { expect, test } from 'vitest'
import { proposalFor } from './disposition-rules.ts'

const tomorrow = new Date(Date.now() + 86_400_000).toISOString()

function pageOf(status: StatusCode, follow_up_date: string | null = null): CasePage {
  const offered_statuses = statusCodes
    .filter((code) => code !== status)
    .map((code) => ({ code, move: moveBetween(status, code) }))
  return { case: { status, follow_up_date }, clinic_zone: 'Europe/Rome', offered_statuses } as CasePage
}

test('nobody answered: somebody calls again in two hours', () => {
  const { status, moment } = proposalFor('NON_RISPONDE', pageOf('IN_CORSO'))
  expect(status).toBe('DA_RICHIAMARE')
  expect(Math.round((Date.parse(moment!) - Date.now()) / 60_000)).toBe(120)
})

test('an appointment to come stays when nobody answers, and one that has passed does not', () => {
  expect(proposalFor('NON_RISPONDE', pageOf('APPUNTAMENTO', tomorrow))).toMatchObject({
    status: 'APPUNTAMENTO',
    moment: tomorrow,
  })
  expect(proposalFor('NON_RISPONDE', pageOf('APPUNTAMENTO', '2020-01-01T09:00:00Z')).status).toBe('DA_RICHIAMARE')
})

test('an appointment made asks for its day', () => {
  expect(proposalFor('APPUNTAMENTO_FISSATO', pageOf('NUOVO'))).toEqual({
    status: 'APPUNTAMENTO',
    moment: null,
    isLost: false,
  })
})

test('a price too high loses the case; a status that does not follow is not proposed', () => {
  expect(proposalFor('PREZZO', pageOf('PREVENTIVO'))).toMatchObject({ status: 'PERSO', isLost: true })
  expect(proposalFor('APPUNTAMENTO_FISSATO', pageOf('VISITA_EFFETTUATA')).status).toBe('VISITA_EFFETTUATA')
})
