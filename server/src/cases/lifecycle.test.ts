import { moveBetween, type StatusCode, statusCodes, statusNeeds } from '@clinicacrm/contract/lifecycle.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'

let crm: Clinic
let agent: SignedIn
let lead: SignedIn
beforeAll(async () => {
  crm = await openClinic()
  agent = await crm.signsIn('agent')
  lead = await crm.signsIn('team_lead')
})
afterAll(() => crm.close())

const opens = (status: StatusCode, fields: object = {}) => crm.opens({ status, ...fields })
const saves = (id: string, json: object, person: Pick<SignedIn, 'ask'> = agent) =>
  person.ask('PATCH', `/api/cases/${id}`, { json })
const movesOf = (id: string) =>
  crm.rows(`select from_status, to_status, reason, actor from status_changes where case_id = $1 order by id`, [id])
/** All that any status may need. */
const complete = { follow_up_date: '2031-01-10T09:00:00Z', lost_reason: 'Prezzo' }

describe('a person', () => {
  test('makes the moves that the lifecycle offers, and no other', { timeout: 60_000 }, async () => {
    for (const from of statusCodes) {
      const { id } = await opens(from, complete)
      for (const to of statusCodes) {
        await crm.rows(`update cases set status = $2, lost_reason = 'Prezzo' where id = $1`, [id, from])
        const move = moveBetween(from, to)
        const { status, body } = await saves(id, { status: to, ...complete })
        if (move !== 'offered') {
          // oxlint-disable-next-line vitest/no-conditional-expect -- one of 169 pairs
          expect([status, body.code, body.move, body.from, body.to]).toEqual([409, 'move_not_offered', move, from, to])
        }
        expect(status === 200, `${from} to ${to}`).toBe(move === 'offered')
      }
    }
  })

  test('opens an ended case again with a reason, which is kept', async () => {
    const { id } = await opens('CHIUSO')
    for (const status_reason of [undefined, '', '  ']) {
      const refused = await saves(id, { status: 'IN_CORSO', ...(status_reason !== undefined && { status_reason }) })
      expect([refused.status, refused.body.move]).toEqual([409, 'needs_reason'])
    }
    expect((await saves(id, { status: 'IN_CORSO', status_reason: ' Ha richiamato ' })).status).toBe(200)
    expect(await movesOf(id)).toEqual([
      { from_status: 'CHIUSO', to_status: 'IN_CORSO', reason: 'Ha richiamato', actor: `user:${agent.id}` },
    ])
  })

  test('a reason is asked of team leads too; what is not offered at all they may do without', async () => {
    const closed = await opens('CHIUSO')
    expect((await saves(closed.id, { status: 'IN_CORSO' }, lead)).body.move).toBe('needs_reason')
    const booked = await opens('APPUNTAMENTO', complete)
    expect((await saves(booked.id, { status: 'NUOVO' })).body.move).toBe('needs_override')
    expect((await saves(booked.id, { status: 'NUOVO' }, lead)).status).toBe(200)
  })

  test.each(Object.entries(statusNeeds).map(([status, [field]]) => [status as StatusCode, field] as const))(
    'moves a case to %s only with its %s, sent or there already',
    async (status, field) => {
      const { id } = await opens('NUOVO')
      const refused = await saves(id, { status })
      expect([refused.status, refused.body.fields[0].field]).toEqual([400, field])
      expect((await saves(id, { status, [field]: null })).status).toBe(400)
      expect((await saves(id, { status, [field]: complete[field] })).status).toBe(200)
      const other = await opens('NUOVO', complete)
      expect((await saves(other.id, { status })).status).toBe(200)
      const third = await opens('NUOVO', complete)
      expect((await saves(third.id, { status, [field]: null })).body.fields[0].field).toBe(field)
    },
  )

  test('opens no case in a status that lacks what it needs', async () => {
    const person = { first_name: 'Ugo', cell_phone: '+39 347 999 0001', status: 'DA_RICHIAMARE' }
    const refused = await agent.ask('POST', '/api/cases', { json: person })
    expect([refused.status, refused.body.fields[0].field]).toEqual([400, 'follow_up_date'])
    const taken = await agent.ask('POST', '/api/cases', { json: { ...person, follow_up_date: '2031-01-10' } })
    expect(taken.status).toBe(201)
  })

  test('saves other fields of a case whose status lacks something', async () => {
    const { id } = await opens('APPUNTAMENTO')
    expect((await saves(id, { outcome: 'IDONEO', status: 'APPUNTAMENTO' })).status).toBe(200)
    expect(await movesOf(id)).toEqual([])
  })

  test('a refused move writes nothing', async () => {
    const before = await opens('APPUNTAMENTO', complete)
    await saves(before.id, { status: 'NUOVO', outcome: 'x', first_name: 'Altra' })
    const { body } = await crm.ask('GET', `/api/cases/${before.id}`)
    expect(body).toMatchObject({ status: 'APPUNTAMENTO', outcome: null, first_name: 'Ada', version: 1 })
  })
})

test('a key sets any status without a word, and its moves are kept too', async () => {
  const { id } = await opens('CHIUSO')
  for (const status of ['NUOVO', 'PERSO', 'APPUNTAMENTO']) expect((await saves(id, { status }, crm)).status).toBe(200)
  expect((await movesOf(id)).map((move) => [move.from_status, move.to_status])).toEqual([
    ['CHIUSO', 'NUOVO'],
    ['NUOVO', 'PERSO'],
    ['PERSO', 'APPUNTAMENTO'],
  ])
})

test('a case that is no longer lost has no reason for being lost, and the trace says what it was', async () => {
  const { id } = await opens('PERSO', { lost_reason: 'Prezzo' })
  const { body } = await saves(id, { status: 'IN_CORSO', status_reason: 'Ha ripensato' })
  expect(body.lost_reason).toBeNull()
  const [trace] = await crm.rows<{ changes: object }>(
    `select changes from audit_events where subject = 'case' and subject_id = $1 and action = 'case.changed'`,
    [id],
  )
  expect(trace!.changes).toEqual({
    status: { from: 'PERSO', to: 'IN_CORSO' },
    lost_reason: { from: 'Prezzo', to: null },
  })
})

test('emptied fields are none', async () => {
  const { id } = await opens('NUOVO', { assigned_to: 'Ugo', origin: 'Fiera' })
  const { body } = await saves(id, { assigned_to: '', origin: ' ' })
  expect([body.assigned_to, body.origin]).toEqual([null, null])
})
