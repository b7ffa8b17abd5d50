import { setTimeout as sleep } from 'node:timers/promises'
import { type PhoneQuery, phoneQuery } from '@clinicacrm/contract/phone.ts'
import { sandboxNumbers } from '@clinicacrm/contract/requests.ts'
import { AppError } from '../app-error.ts'
import type { MatchedCase, Matches } from './queries.ts'

/*
 * What a sandbox key is answered: the guide's two numbers, and one for each thing that can go wrong. Nobody of them exists,
 * nothing is read and nothing kept.
 */

const antonio: MatchedCase = {
  case_id: '9',
  patient_id: '9',
  status: 'APPUNTAMENTO',
  clinic: 'Centro Oculistico Roma',
  treatment: 'SMILE Surgery',
  disposition: 'SMILE evaluation',
  outcome: 'Professional athlete',
  created_at: '2025-07-08 16:57:06.836704+00',
  follow_up_date: '2025-07-12 16:57:06.836704+00',
  first_name: 'Antonio',
  last_name: 'Dorato',
  phone: '+39 06 2222 4444',
  home_phone: '+39 06 2222 4444',
  cell_phone: '+39 333 222 4444',
  email: 'antonio.dorato@email.com',
}
const shared = '+39 06 5550 0199'
const person = (id: string, first_name: string): MatchedCase => ({
  ...antonio,
  case_id: id,
  patient_id: id,
  status: 'NUOVO',
  treatment: null,
  disposition: null,
  outcome: null,
  follow_up_date: null,
  created_at: `2025-07-0${id.slice(-1)} 09:00:00+00`,
  first_name,
  last_name: 'Prova',
  phone: shared,
  home_phone: null,
  cell_phone: null,
  email: null,
})
const matchesOf = (...cases: MatchedCase[]): Matches => ({
  cases,
  count: cases.length,
  patientKnown: cases.length > 0,
  patients: cases.map(({ patient_id }) => patient_id),
})

/** Longer than any flow should wait. */
const slowMs = 5_000
const unknown = matchesOf()

const answers = new Map(
  sandboxNumbers.flatMap(({ phone, answers: what }) => {
    const query = phoneQuery(phone, 'IT')
    return query.kind === 'number' ? [[query.key, what] as const] : []
  }),
)

export async function sandboxMatches(query: PhoneQuery): Promise<Matches> {
  const what = query.kind === 'number' ? answers.get(query.key) : undefined
  if (what === 'found') return matchesOf(antonio)
  if (what === 'many') return matchesOf(person('1002', 'Bruno'), person('1001', 'Anna'))
  if (what === 'unavailable') throw new AppError('unavailable', 'The server is busy. Try again in a second.')
  if (what === 'too_many_requests')
    throw new AppError(
      'too_many_requests',
      'This key may send 1000 requests a minute. Try again in 60 s.',
      {},
      { 'retry-after': '60' },
    )
  if (what === 'slow') await sleep(slowMs)
  return unknown
}
