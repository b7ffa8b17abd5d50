import type { CaseOrder } from '@clinicacrm/contract/cases.ts'
import { cursorAt, orderNamed } from '../server/src/cases/orders.ts'
import { agentAt } from './inquiries.ts'
import { clinicNames, draw, patientAt, pick } from './people.ts'

/** One kind of question, and many ways of asking it, so that no answer is asked for twice in a row. */
export type ListQuestion = { group: string; name: string; paths: string[] }

const ways = 40
type Query = Record<string, string | string[]>

/** A case somewhere in the list, with what the list may be ordered by. */
export type Somewhere = { id: string; created_at: string; follow_up_date: string; sort_name: string }

/** Filters alone, together, in every order, deep in the list; what else the desk asks; and all that is typed. */
export function listQuestions(patients: number, somewhere: Somewhere[]): ListQuestion[] {
  return [...filters(), ...mixes(), ...orders(), ...deep(somewhere), ...searches(patients), ...otherShapes()]
}

/** Pages that begin in the middle. */
function deep(somewhere: Somewhere[]): ListQuestion[] {
  const after = (name: string, order: CaseOrder, key: keyof Somewhere, more: Query = {}) =>
    cases('Deep in the list', name, (n) => {
      const row = somewhere[n % somewhere.length]!
      return { ...more, order, cursor: cursorAt(orderNamed(order), { key: row[key], id: row.id }) }
    })
  return [
    after('newest first', '-created_at', 'created_at'),
    after('newest first, two filters', '-created_at', 'created_at', { clinic: 'Roma', channel: 'EMAIL' }),
    after('due first, at work', 'follow_up_date', 'follow_up_date', { class: work }),
    after('by name', 'name', 'sort_name'),
  ]
}

const cases = (group: string, name: string, query: (n: number) => Query, path = '/api/cases'): ListQuestion => ({
  group,
  name,
  paths: Array.from({ length: ways }, (_, n) => `${path}?${textOf(query(n))}`),
})

function textOf(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, values]) => [values].flat().map((value) => [name, value]))
  return new URLSearchParams(pairs).toString()
}

const agentOf = (n: number) => agentAt(n % clinicNames.length, n % 8).email
const clinicOf = (n: number) => clinicNames[n % clinicNames.length]!
const quarter = (n: number) =>
  `Q${1 + (n % 4)}-${2022 + (n % 4)}-${pick(['Follow-Up', 'Richiami', 'Promo'], draw(n, 1))}`
const status = (n: number) =>
  pick(['NUOVO', 'DA_RICHIAMARE', 'APPUNTAMENTO', 'PREVENTIVO', 'PERSO', 'CHIUSO'], draw(n, 2))
const channel = (n: number) => pick(['WEB', 'FACEBOOK', 'EMAIL', 'REFERRAL', 'WALK_IN'], draw(n, 3))
const treatment = (n: number) => pick(['LASIK', 'SMILE', 'ICL', 'GLAUCOMA', 'FILLER', 'ALLINEATORI'], draw(n, 4))
const from = (n: number) => new Date(Date.UTC(2022, n % 48, 1)).toISOString()
const to = (n: number) => new Date(Date.UTC(2022, (n % 48) + 1, 1)).toISOString()
const work = ['open', 'waiting', 'booked']

const filters = (): ListQuestion[] => {
  const one = (name: string, query: (n: number) => Query) => cases('One filter', name, query)
  return [
    one('none', () => ({})),
    one('status', (n) => ({ status: status(n) })),
    one('two statuses', (n) => ({ status: [status(n), status(n + 1)] })),
    one('class open', () => ({ class: 'open' })),
    one('channel', (n) => ({ channel: channel(n) })),
    one('clinic', (n) => ({ clinic: clinicOf(n) })),
    one('treatment', (n) => ({ treatment: treatment(n) })),
    one('assigned to one', (n) => ({ assigned_to: agentOf(n) })),
    one('assigned to nobody', () => ({ assigned_to: '' })),
    one('campaign', (n) => ({ dialer_campaign_tag: quarter(n) })),
    one('due today', () => ({ due: 'today' })),
    one('overdue', () => ({ due: 'overdue' })),
    one('without a date', () => ({ due: 'none' })),
    one('created in a month', (n) => ({ created_from: from(n), created_to: to(n) })),
    one('follow-up in a month', (n) => ({ follow_up_from: from(n), follow_up_to: to(n) })),
    one('nothing fits', (n) => ({ dialer_campaign_tag: `none ${n}` })),
  ]
}

const mixes = (): ListQuestion[] => {
  const mix = (name: string, query: (n: number) => Query) => cases('Several', name, query)
  return [
    mix('mine, at work, due first', (n) => ({ assigned_to: agentOf(n), class: work, order: 'follow_up_date' })),
    mix('overdue, at work, due first', () => ({ due: 'overdue', class: work, order: 'follow_up_date' })),
    mix('mine overdue, at work', (n) => ({
      due: 'overdue',
      class: work,
      assigned_to: agentOf(n),
      order: 'follow_up_date',
    })),
    mix('clinic, status', (n) => ({ clinic: clinicOf(n), status: status(n) })),
    mix('clinic, status, due first', (n) => ({ clinic: clinicOf(n), status: status(n), order: 'follow_up_date' })),
    mix('status, channel, treatment', (n) => ({ status: status(n), channel: channel(n), treatment: treatment(n) })),
    mix('clinic, channel, treatment', (n) => ({ clinic: clinicOf(n), channel: channel(n), treatment: treatment(n) })),
    mix('assigned, channel, treatment', (n) => ({
      assigned_to: agentOf(n),
      channel: channel(n),
      treatment: treatment(n),
    })),
    mix('campaign, status, clinic', (n) => ({
      dialer_campaign_tag: quarter(n),
      status: status(n),
      clinic: clinicOf(n),
    })),
    mix('nobody’s, new', () => ({ assigned_to: '', status: 'NUOVO' })),
    mix('at work, oldest first', () => ({ class: work, order: 'created_at' })),
    mix('at work, longest untouched', () => ({ class: work, order: 'updated_at' })),
    mix('at work, longest without contact', () => ({ class: work, order: 'last_contact_at' })),
    mix('clinic, at work, longest without contact', (n) => ({
      clinic: clinicOf(n),
      class: work,
      order: 'last_contact_at',
    })),
    mix('month, status, by name', (n) => ({
      created_from: from(n),
      created_to: to(n),
      status: status(n),
      order: 'name',
    })),
    mix('clinic, treatment, by name', (n) => ({ clinic: clinicOf(n), treatment: treatment(n), order: 'name' })),
  ]
}

const allOrders = ['created_at', 'follow_up_date', 'updated_at', 'last_contact_at', 'name'].flatMap((order) => [
  order,
  `-${order}`,
])

const orders = (): ListQuestion[] =>
  allOrders.flatMap((order) => [
    cases('Orders', order, () => ({ order })),
    cases('Orders', `${order}, one clinic and channel`, (n) => ({ order, clinic: clinicOf(n), channel: channel(n) })),
  ])

/** Every keystroke of `text` is a question, as the box asks while somebody types. */
const typed = (name: string, texts: (n: number) => string, more: Query = {}): ListQuestion => ({
  group: 'Typing',
  name,
  paths: Array.from({ length: 12 }, (_, n) => texts(n)).flatMap((text) =>
    Array.from(text, (_, i) => `/api/cases?${textOf({ ...more, search: text.slice(0, i + 1) })}`),
  ),
})

function searches(patients: number): ListQuestion[] {
  const someone = (n: number) => patientAt(1 + Math.floor(draw(n, 5) * patients))
  const digits = (n: number) => String(draw(n, 6)).slice(2)
  const mail = (n: number) => someone(n).email ?? `nobody${n}@example.com`
  const found = (name: string, search: (n: number) => string, more: Query = {}) =>
    cases('Search', name, (n) => ({ ...more, search: search(n) }))
  return [
    found('rare surname', (n) => someone(n).last_name),
    found('half a rare surname', (n) => someone(n).last_name.slice(0, 5)),
    found('common surname', (n) => pick(['Rossi', 'Russo', 'Garcia', 'Bianchi', 'De Luca', 'Nunez'], draw(n, 7))),
    found('common first name', (n) => pick(['Giulia', 'Marco', 'Nicolo', 'Jose', 'Ada'], draw(n, 7))),
    found('two names', (n) => `${someone(n).first_name} ${someone(n).last_name}`),
    found('two common names', (n) => pick(['rossi giulia', 'nicolo russo', 'garcia jose', 'ada conti'], draw(n, 7))),
    found('one letter', (n) => pick('abcdefgilmnoprstuvz'.split(''), draw(n, 8))),
    found('two letters', (n) => someone(n).last_name.slice(0, 2)),
    found('three digits', (n) => digits(n).slice(0, 3)),
    found('four digits', (n) => digits(n).slice(0, 4)),
    found('a whole number', (n) => someone(n).cell_phone ?? someone(n).phone!),
    found('half an e-mail', (n) => mail(n).slice(0, mail(n).indexOf('@') + 3)),
    found('what every e-mail has', () => 'example.com'),
    found('a case’s number', (n) => `#${1 + Math.floor(draw(n, 9) * patients)}`),
    found('nobody', (n) => `zzyx${n}qqw`),
    found('common surname, status', (n) => pick(['Rossi', 'Russo', 'Garcia'], draw(n, 7)), { status: 'APPUNTAMENTO' }),
    found('common surname, by name', (n) => pick(['Rossi', 'Russo', 'Garcia'], draw(n, 7)), { order: 'name' }),
    found('common first name, clinic, channel', (n) => pick(['Giulia', 'Marco', 'Jose'], draw(n, 7)), {
      clinic: 'Roma',
      channel: 'EMAIL',
    }),
    typed('a rare name', (n) => someone(n).last_name.toLowerCase()),
    typed('two names', (n) => `${someone(n).first_name} ${someone(n).last_name}`.toLowerCase()),
    typed('a common name', (n) => pick(['rossi', 'martinez', 'marco', 'esposito'], draw(n, 7))),
    typed('a number', (n) => (someone(n).cell_phone ?? someone(n).phone!).replace(/\D/g, '').slice(-7)),
    typed('an e-mail', (n) => mail(n)),
  ]
}

const otherShapes = (): ListQuestion[] => {
  const shape = (name: string, path: string, query: (n: number) => Query) => cases('Other shapes', name, query, path)
  const month = (n: number) => ({ from: dayOf(n % 5), to: dayOf((n % 5) + 35) })
  return [
    shape('count: all', '/api/cases/count', () => ({})),
    shape('count: status', '/api/cases/count', (n) => ({ status: status(n) })),
    shape('count: mine at work', '/api/cases/count', (n) => ({ class: work, assigned_to: agentOf(n) })),
    shape('count: clinic, channel, treatment', '/api/cases/count', (n) => ({
      clinic: clinicOf(n),
      channel: channel(n),
      treatment: treatment(n),
    })),
    shape('count: rare surname', '/api/cases/count', (n) => ({ search: patientAt(n * 7 + 1).last_name })),
    shape('count: common first name', '/api/cases/count', (n) => ({ search: pick(['Giulia', 'Marco'], draw(n, 7)) })),
    shape('board: all', '/api/cases/board', () => ({})),
    shape('board: mine', '/api/cases/board', (n) => ({ assigned_to: agentOf(n) })),
    shape('board: one clinic', '/api/cases/board', (n) => ({ clinic: clinicOf(n) })),
    shape('board: clinic, treatment', '/api/cases/board', (n) => ({ clinic: clinicOf(n), treatment: treatment(n) })),
    shape('board: rare surname', '/api/cases/board', (n) => ({ search: patientAt(n * 7 + 1).last_name })),
    shape('calendar: all', '/api/cases/calendar', month),
    shape('calendar: at work, one clinic', '/api/cases/calendar', (n) => ({
      ...month(n),
      class: work,
      clinic: clinicOf(n),
    })),
    shape('calendar: mine at work', '/api/cases/calendar', (n) => ({
      ...month(n),
      class: work,
      assigned_to: agentOf(n),
    })),
    shape('choices', '/api/cases/choices', () => ({})),
  ]
}

/** Days from today, as a calendar's month begins a little before it. */
const dayOf = (offset: number) => new Date(Date.now() + (offset - 10) * 86_400_000).toISOString().slice(0, 10)
