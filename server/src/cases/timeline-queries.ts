import type { TimelineEntry } from '@clinicacrm/contract/case-page.ts'
import { type SQL, sql } from 'drizzle-orm'
import { nameOfActor } from '../audit/actors.ts'
import type { Changes } from '../audit/audit.ts'
import type { Db } from '../db/client.ts'

/** `begin`: the first moment of a case that came with an import, whose trace is one row for the whole batch. */
type Source = 'note' | 'change' | 'begin' | 'call'
export type TimelinePlace = { at: string; source: string; id: string }

/** As PostgreSQL prints it. */
export type HappenedRow = {
  at: string
  source: Source
  id: string
  actor: string
  action: string
  changes: Changes | null
  reason: string | null
  note: {
    author_id: string | null
    body: string
    mentions: string[]
    edited_at: string | null
    version: number
  } | null
  call: TimelineEntry['call']
}

type Asked = { notes: boolean; changes: boolean; calls: boolean; showsPatient: boolean }
type Page = { place: TimelinePlace | null; limit: number }

/**
 * One round trip. Each source is read by its index on the case or patient, which has tens of rows and seldom hundreds, and
 * gives no more than a page; names are looked up for that page only. A status move and its trace share a transaction, and
 * so the moment.
 */
export async function happenedTo(
  db: Db,
  { id, patient_id }: { id: string; patient_id: string },
  asked: Asked,
  page: Page,
): Promise<HappenedRow[]> {
  const sources = [
    ...(asked.notes ? [notesOf(id)] : []),
    ...(asked.calls ? [callsOf(id), ...(asked.showsPatient ? [callsOfNoCase(patient_id)] : [])] : []),
    ...(asked.changes ? [changesOf('case', id), beginOf(id)] : []),
    ...(asked.changes && asked.showsPatient ? [changesOf('patient', patient_id)] : []),
  ]
  const pages = sources.map((source) => sql`(select * from (${source}) as one ${newest(page)})`)
  const { rows } = await db.execute<HappenedRow>(sql`
    select at, source, id::text as id, action, changes,
           case when source = 'note' then ${nameOfAuthor(sql`happened.actor`)}
                else ${nameOfActor(sql`happened.actor`)} end as actor,
           case when changes ? 'status' then (
             select reason from status_changes
              where case_id = ${id} and status_changes.at = happened.at and to_status = changes -> 'status' ->> 'to'
              limit 1) end as reason,
           case when source = 'note' then (
             select json_build_object('author_id', author_id::text, 'body', body, 'mentions', mentions::text[],
                                      'edited_at', edited_at::text, 'version', version)
               from notes where notes.id = happened.id) end as note,
           case when source = 'call' then (
             select json_build_object('id', calls.id::text, 'direction', direction, 'result', result,
                                      'seconds', round(extract(epoch from ended_at - answered_at))::int,
                                      'agent', coalesce(users.name, agent_text), 'disposition', disposition)
               from calls left join users on users.id = calls.agent_id where calls.id = happened.id) end as call
      from (select * from (${sql.join(pages, sql` union all `)}) as every ${newest(page)}) as happened
     order by at desc, source desc, id desc`)
  return rows
}

/** A system that was here before, and an import, name who wrote a note by their e-mail address. */
const nameOfAuthor = (author: SQL): SQL =>
  sql`coalesce((select users.name from users where users.email = lower(${author})), ${author})`

const newest = ({ place, limit }: Page): SQL => sql`
  ${place ? sql`where (at, source, id) < (${place.at}::timestamptz, ${place.source}::text, ${place.id}::bigint)` : sql``}
  order by at desc, source desc, id desc limit ${limit}`

const notesOf = (caseId: string) => sql`
  select created_at as at, 'note'::text as source, id, author as actor, ''::text as action, null::jsonb as changes
    from notes where case_id = ${caseId}`

/** What a call is once it is over; while it lasts the desk shows it elsewhere. */
const callsThat = (are: SQL) => sql`
  select started_at as at, 'call'::text as source, id, coalesce('user:' || agent_id, 'system') as actor,
         ''::text as action, null::jsonb as changes
    from calls where state = 'ended' and ${are}`
const callsOf = (caseId: string) => callsThat(sql`case_id = ${caseId}`)
/** Of the patient, but of none of their cases. */
const callsOfNoCase = (patientId: string) => callsThat(sql`patient_id = ${patientId} and case_id is null`)

/** Notes speak for themselves, and a patient registered together with a case is the case's own beginning. */
const changesOf = (subject: 'case' | 'patient', id: string) => sql`
  select at, 'change'::text as source, id, actor, action, changes
    from audit_events
   where subject = ${subject} and subject_id = ${id}
     and action not in ('note.added', 'note.changed', 'patient.created')`

const beginOf = (caseId: string) => sql`
  select created_at as at, 'begin'::text as source, id, 'system'::text as actor, 'case.created'::text as action,
         null::jsonb as changes
    from cases
   where id = ${caseId} and not exists (
     select from audit_events where subject = 'case' and subject_id = ${caseId} and action = 'case.created')`
