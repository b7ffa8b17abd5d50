import type pg from 'pg'

/** Requests of each key per minute, counted in memory and added to the table every second. */
export type Usage = { count(keyId: string, allowed: boolean): void; flush(): Promise<void>; close(): Promise<void> }

type Minute = { keyId: string; minute: number; requests: number; refused: number }

export function createUsage(pool: pg.Pool, onError: (error: Error) => void): Usage {
  let counted = new Map<string, Minute>()
  const timer = setInterval(() => void flush(), 1_000).unref()

  function add(keyId: string, minute: number, requests: number, refused: number) {
    const id = `${keyId}/${minute}`
    const sum = counted.get(id) ?? { keyId, minute, requests: 0, refused: 0 }
    sum.requests += requests
    sum.refused += refused
    counted.set(id, sum)
  }

  async function flush() {
    if (!counted.size) return
    const taken = [...counted.values()]
    counted = new Map()
    try {
      await write(pool, taken)
    } catch (error) {
      for (const { keyId, minute, requests, refused } of taken) add(keyId, minute, requests, refused)
      onError(error as Error)
    }
  }

  return {
    count: (keyId, allowed) => add(keyId, Math.floor(Date.now() / 60_000), 1, allowed ? 0 : 1),
    flush,
    async close() {
      clearInterval(timer)
      await flush()
    },
  }
}

/** One statement for all keys; adding makes several processes agree. */
async function write(pool: pg.Pool, rows: Minute[]) {
  await pool.query(
    `with counted as (
       insert into api_key_usage (api_key_id, minute, requests, refused)
       select id, to_timestamp(minute * 60), requests, refused
         from unnest($1::bigint[], $2::bigint[], $3::int[], $4::int[]) as u(id, minute, requests, refused)
       on conflict (api_key_id, minute) do update
         set requests = api_key_usage.requests + excluded.requests, refused = api_key_usage.refused + excluded.refused)
     update api_keys set last_used_at = now() where id = any($1::bigint[])`,
    [rows.map((r) => r.keyId), rows.map((r) => r.minute), rows.map((r) => r.requests), rows.map((r) => r.refused)],
  )
}
