import type pg from 'pg'

/** Rows that have had their time, table by table. Traces are not here: the law wants them kept. */
const purges = [
  `delete from lookup_conversations where at < now() - interval '1 hour'`,
  `delete from idempotency_keys where created_at < now() - interval '24 hours'`,
  `delete from case_viewers where seen_at < now() - interval '1 hour'`,
  `delete from api_key_usage where minute < now() - interval '400 days'`,
]
const everyMs = 5 * 60_000

/** Purges now and then; several processes doing so at once do no harm. Returns how to stop. */
export function startPurging(pool: pg.Pool, onError: (error: Error) => void): () => void {
  const purge = async () => {
    for (const statement of purges) await pool.query(statement).catch(onError)
  }
  const timer = setInterval(() => void purge(), everyMs).unref()
  void purge()
  return () => clearInterval(timer)
}
