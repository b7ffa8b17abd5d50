import type pg from 'pg'

/** Rows that have had their time, table by table. Traces are not here: the law wants them kept. */
const purges = [
  `with gone as (
     delete from sessions where expires_at < now() or updated_at < now() - interval '2 hours' returning user_id, updated_at)
   update users set last_seen_at = greatest(last_seen_at, used_at)
     from (select user_id, max(updated_at) as used_at from gone group by user_id) last where users.id = last.user_id`,
  `delete from verifications where expires_at < now()`,
  `delete from lookup_conversations where at < now() - interval '1 hour'`,
  `delete from idempotency_keys where created_at < now() - interval '24 hours'`,
  `delete from case_viewers where seen_at < now() - interval '1 hour'`,
  `delete from api_key_usage where minute < now() - interval '400 days'`,
  `delete from request_log where at < now() - interval '7 days'`,
  `delete from webhook_deliveries where delivered_at < now() - interval '30 days'`,
  // Given up, or never sent as the webhook was stopped and nobody cared.
  `delete from webhook_deliveries where delivered_at is null and created_at < now() - interval '90 days'`,
  // Trials whose end a restart swallowed; those that last are few and have an index.
  `delete from calls where state <> 'ended' and call_id like 'clinicacrm-trial-%' and started_at < now() - interval '10 minutes'`,
  // Undoing is offered for thirty days.
  `delete from bulk_changes where created_at < now() - interval '31 days'`,
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
