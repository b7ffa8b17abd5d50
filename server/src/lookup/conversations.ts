import type pg from 'pg'
import { Batch } from '../jobs/batch.ts'

/** A call and what its platform was told: the last answer of a key wins. */
export type Conversation = {
  provider: string
  conversation_id: string
  keyId: string
  phone: string
  called: string | null
  agent: string | null
  caseId: string | null
}

/** Written within 200 ms and on drain, as disclosures are. */
export function createConversations(pool: pg.Pool, onError: (error: Error) => void) {
  return new Batch<Conversation>({ everyMs: 200, max: 10_000, write: (rows) => write(pool, lastOfEach(rows)), onError })
}

function lastOfEach(rows: Conversation[]): Conversation[] {
  return [...new Map(rows.map((row) => [JSON.stringify([row.provider, row.conversation_id, row.keyId]), row])).values()]
}

async function write(pool: pg.Pool, rows: Conversation[]) {
  const column = <K extends keyof Conversation>(name: K) => rows.map((row) => row[name])
  await pool.query({
    name: 'keep_conversations',
    text: `insert into lookup_conversations (provider, conversation_id, api_key_id, phone, called, agent, case_id, at)
      select *, now() from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[])
      on conflict (provider, conversation_id, api_key_id) do update set phone = excluded.phone, called = excluded.called,
        agent = excluded.agent, case_id = excluded.case_id, at = excluded.at`,
    values: [
      column('provider'),
      column('conversation_id'),
      column('keyId'),
      // Echoed as asked; PostgreSQL cannot keep a NUL, and one row it refuses would hold up all that come after.
      column('phone').map((phone) => phone.replaceAll('\0', '')),
      column('called'),
      column('agent'),
      column('caseId'),
    ],
  })
}
