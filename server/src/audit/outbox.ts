import { randomBytes } from 'node:crypto'
import type { WebhookEvent } from '@clinicacrm/contract/webhook-events.ts'
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'

export const webhookChannel = 'clinicacrm_webhooks'

/** Something that happened, for whoever outside wants to hear of it. */
export type Told = {
  type: WebhookEvent
  about: 'case' | 'patient' | 'call' | 'callback'
  id: string
  /** Ids, codes and names of fields: never what a person typed. */
  data?: Record<string, unknown>
  /** The clinic it belonged to before: its webhooks hear that it left. */
  was_at?: string | undefined
}

/** The same at every attempt; without a dot, which parts what is signed. */
export const newDeliveryId = (): string => `evt_${randomBytes(15).toString('base64url')}`

/** Whether any webhook wants one of these: a condition that goes along with a statement that is sent anyway. */
export const isHeard = (told: readonly Told[]): SQL<boolean> =>
  sql`exists (select from webhooks where active and events && ${typesOf(told)}::text[])`

const typesOf = (told: readonly Told[]) => sql.param([...new Set(told.map(({ type }) => type))])

/** As `queue`, after asking whether anybody listens; for who has no statement of their own that could ask. */
export async function announce(work: Announcing, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return
  const { rows } = await work.db.execute<{ heard: boolean }>(sql`select ${isHeard(told)} as heard`)
  if (rows[0]!.heard) await queue(work, told)
}

type Announcing = { db: Db; by: { actor: string } }

/**
 * Writes one delivery for each webhook that wants to hear of it, in the transaction that makes the change: nothing is lost,
 * and nothing is told of a change that was rolled back. Who is limited to clinics is told of theirs, and of nobody else's
 * case or patient that a call or callback of theirs is about.
 */
export async function queue({ db, by }: Announcing, told: readonly Told[]): Promise<void> {
  const events = JSON.stringify(told.map((one) => ({ data: {}, ...one, event_id: newDeliveryId() })))
  // Only the parts that are needed: PostgreSQL takes longer to plan all of them than to answer.
  const kinds = new Set(told.map(({ about }) => about))
  const what = sql.join(
    [...kinds].map((about) => subjects[about]),
    sql` union all `,
  )
  await db.execute(sql`
    with told as (
      select * from jsonb_to_recordset(${events}::jsonb)
        as t (event_id text, type text, about text, id bigint, data jsonb, was_at bigint)),
    queued as (
      insert into webhook_deliveries (webhook_id, event_id, type, payload)
      select w.id, told.event_id, told.type, jsonb_build_object('id', told.event_id, 'type', told.type,
          'timestamp', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'), 'actor', ${by.actor}::text,
          'data', what.names || jsonb_build_object('patient_id', what.patient_id::text, 'clinic_id',
            case when w.clinic_ids is null or what.clinic_id = any (w.clinic_ids) then what.clinic_id::text end)
            || told.data)
        from webhooks w join told on told.type = any (w.events) cross join lateral (${what}) what
        where w.active and (
          w.clinic_ids is null or what.clinics is null or w.clinic_ids && (what.clinics || told.was_at))
      returning 1)
    select pg_notify(${webhookChannel}, 'due') where exists (select from queued)`)
}

const ofPatient = (id: SQL) => sql`array(
  select c.clinic_id from cases c where c.patient_id = ${id} and c.deleted_at is null
  union select p.clinic_id from patients p where p.id = ${id})`
const callsPatient = sql.raw('calls.patient_id')
const callbacksPatient = sql.raw('callbacks.patient_id')

/** What each is about, as the webhook may know it, and whose it is; without clinics, everybody's, as it is for people. */
const subjects: Record<Told['about'], SQL> = {
  case: sql`
    select jsonb_build_object('case_id', id::text) as names, patient_id, clinic_id, array[clinic_id] as clinics
      from cases where told.about = 'case' and id = told.id`,
  patient: sql`
    select '{}'::jsonb as names, id as patient_id, clinic_id, ${ofPatient(sql.raw('patients.id'))} as clinics
      from patients where told.about = 'patient' and id = told.id`,
  call: sql`
    select jsonb_build_object('call_id', id::text, 'provider', provider, 'direction', direction,
        'case_id', ${caseIdOf('calls')}) as names, ${patientIdOf(callsPatient)} as patient_id, clinic_id,
        case when clinic_id is not null then array[clinic_id] end as clinics
      from calls where told.about = 'call' and id = told.id`,
  callback: sql`
    select jsonb_build_object('callback_id', id::text, 'case_id', ${caseIdOf('callbacks')}) as names,
        ${patientIdOf(callbacksPatient)} as patient_id, clinic_id, case when clinic_id is not null then array[clinic_id]
          when patient_id is not null then ${ofPatient(callbacksPatient)} end as clinics
      from callbacks where told.about = 'callback' and id = told.id`,
}

function caseIdOf(table: 'calls' | 'callbacks') {
  const id = sql.raw(`${table}.case_id`)
  return sql`case when w.clinic_ids is null or exists (
    select from cases c where c.id = ${id} and c.clinic_id = any (w.clinic_ids)) then ${id}::text end`
}

function patientIdOf(id: SQL) {
  return sql`case when w.clinic_ids is null or w.clinic_ids && ${ofPatient(id)} then ${id} end`
}
