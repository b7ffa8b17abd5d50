import type pg from 'pg'
import type { DisclosureProfile } from '@clinicacrm/contract/permissions.ts'
import { unavailable } from '../db/fast.ts'
import type { Events } from '../events.ts'
import { Batch } from '../jobs/batch.ts'
import { Recently } from './recently.ts'

/** A case or a patient shown to somebody. */
export type Disclosure = {
  actor: string
  action:
    | 'lookup'
    | 'case.read'
    | 'case.revealed'
    | 'case.listed'
    | 'case.exported'
    | 'notes.read'
    | 'patient.read'
    | 'patient.listed'
    | 'call.listened'
  case_id: string | null
  patient_id: string
  /** How much was shown: a disclosure profile, or `match` for a case that a lookup only listed. */
  profile?: DisclosureProfile | 'match'
  provider?: string | null
  conversation_id?: string | null
}
export type Disclosures = {
  /**
   * Throws `unavailable` when too many wait for the database: what cannot be recorded is not shown. A case, or a patient in
   * the log of calls, listed again to the same actor within ten minutes is not recorded again.
   */
  record(disclosure: Disclosure): void
  flush(): Promise<void>
}

type Dated = Disclosure & { at: string }

/** Writing each row at once would cost more than the lookup itself: within a moment, together, and on drain. */
export function createDisclosures(pool: pg.Pool, events: Events): Disclosures {
  const batch = new Batch<Dated>({
    // Small batches: PostgreSQL writes a big one for so long that the lookups behind it notice.
    everyMs: 50,
    max: 10_000,
    write: async (rows) => {
      await write(pool, rows)
      events.disclosuresPending(batch.size)
    },
    onError(error) {
      events.disclosuresPending(batch.size)
      events.databaseFailed(error)
    },
  })
  const listings = new Recently({ forMs: 10 * 60_000, max: 50_000 })
  return {
    record(disclosure) {
      if (batch.full) throw unavailable()
      if (isMereListing(disclosure) && !listings.isNew(nameOf(disclosure))) return
      batch.add({ ...disclosure, at: new Date().toISOString() })
    },
    flush: () => batch.flush(),
  }
}

/** A list that is loaded again shows the same rows; of a call or a lookup, each is told. */
const isMereListing = ({ action, case_id, profile, conversation_id }: Disclosure) =>
  ((action === 'case.listed' && case_id !== null) || (action === 'patient.listed' && profile === 'match')) &&
  !conversation_id

const nameOf = ({ actor, action, case_id, patient_id, profile }: Disclosure) =>
  [actor, action, case_id, patient_id, profile ?? 'full'].join(' ')

async function write(pool: pg.Pool, rows: Dated[]) {
  await pool.query({
    name: 'record_disclosures',
    text: `insert into access_events (at, actor, action, case_id, patient_id, profile, provider, conversation_id)
      select * from unnest($1::timestamptz[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[])`,
    values: [
      rows.map((r) => r.at),
      rows.map((r) => r.actor),
      rows.map((r) => r.action),
      rows.map((r) => r.case_id),
      rows.map((r) => r.patient_id),
      rows.map((r) => r.profile ?? 'full'),
      rows.map((r) => r.provider),
      rows.map((r) => r.conversation_id),
    ],
  })
}
