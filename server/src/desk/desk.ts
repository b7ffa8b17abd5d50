import type { getDesk } from '@clinicacrm/contract/desk.ts'
import type { z } from 'zod'
import { casesById, viewOf } from '../cases/cases.ts'
import type { Work } from '../work.ts'
import { bookingsOf, followUpsOf, mentionsOf, type Waiting, waitingForAnybody } from './queries.ts'

type Desk = z.infer<typeof getDesk.reply>

/** What waits for a person: four questions at once, then the cases they found. */
export async function deskOf(work: Work & { by: { email: string } }): Promise<Desk> {
  const { db, by } = work
  // Whoever may not read cases has a desk all the same, and nothing waits on it.
  const seesCases = by.permissions!.has('cases:read')
  const [own, unassigned, mentions, booked] = await Promise.all([
    seesCases ? followUpsOf(db, by) : { overdue: nothing, today: nothing, tomorrow: nothing },
    seesCases ? waitingForAnybody(db, by) : nothing,
    seesCases ? mentionsOf(db, by) : [],
    bookingsOf(db, by),
  ])
  const lists = { ...own, unassigned }
  const found = await casesById(db, [...new Set(Object.values(lists).flatMap(({ ids }) => ids))], by)
  const views = new Map(found.map((row) => [row.id, viewOf(row, work)]))
  const shown = ({ count, ids }: Waiting) => ({ count, cases: ids.flatMap((id) => views.get(id) ?? []) })
  return {
    overdue: shown(lists.overdue),
    today: shown(lists.today),
    tomorrow: shown(lists.tomorrow),
    unassigned: shown(lists.unassigned),
    mentions,
    booked_this_week: booked.thisWeek,
    booked_last_week: booked.lastWeek,
  }
}

const nothing: Waiting = { count: 0, ids: [] }
