import { hash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { Db } from '../db/client.ts'
import { idempotencyKeys } from '../db/schema.ts'
import { Answer } from './answer.ts'

type Request = { key: string; actor: string; question: unknown; status: number }

/**
 * Runs `work` once for a caller's `Idempotency-Key`; every repetition gets the first answer. The claim and the work are
 * one transaction: a twin waits on the unique index until the first commits, and takes its place if it fails.
 */
export async function once(db: Db, request: Request, work: (db: Db) => unknown): Promise<unknown> {
  const { key, actor } = request
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new AppError('invalid_request', 'Idempotency-Key: must be 1 to 255 printable characters without spaces')
  }
  const request_hash = hash('sha256', JSON.stringify(request.question))
  return db.transaction(async (tx) => {
    const [claimed] = await tx
      .insert(idempotencyKeys)
      .values({ actor, key, request_hash })
      .onConflictDoNothing()
      .returning()
    if (!claimed) return replay(tx, request, request_hash)
    const result = await work(tx)
    await tx
      .update(idempotencyKeys)
      .set({ status: request.status, body: JSON.stringify(result) })
      .where(sameKey(request))
    return result
  })
}

async function replay(tx: Db, request: Request, requestHash: string) {
  const [first] = await tx.select().from(idempotencyKeys).where(sameKey(request))
  if (first?.request_hash !== requestHash) {
    throw new AppError('idempotency_key_reused', 'This Idempotency-Key was used with another request.')
  }
  return new Answer(first.status ?? request.status, first.body, 'application/json; charset=utf-8')
}

const sameKey = ({ actor, key }: Request) => and(eq(idempotencyKeys.actor, actor), eq(idempotencyKeys.key, key))
