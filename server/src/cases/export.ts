import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import type { CaseFilters } from '@clinicacrm/contract/cases.ts'
import { sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import type { Disclosures } from '../audit/disclosures.ts'
import type { Db } from '../db/client.ts'
import type { Events } from '../events.ts'
import type { Work } from '../work.ts'
import { csvHead, csvLine, type CsvLocale } from './csv.ts'
import { askedFor, inOrder } from './asked.ts'
import { type CaseRow, casesById } from './queries.ts'

const perBatch = 500
/** Each holds a connection while it lasts, and the desk needs the others. */
const mostAtOnce = 3

export type House = Pick<Work, 'config'> & { disclosures: Disclosures; events: Pick<Events, 'failed'> }
type Export = { work: Work; house: House; filters: CaseFilters; locale: CsvLocale }

let running = 0

/** Exactly the filtered cases as they are now, as CSV that flows as fast as it is taken; resolves when the first are there. */
export async function exportOf(exported: Export): Promise<Readable> {
  if (running >= mostAtOnce) {
    const message = `${mostAtOnce} exports are running. Try again when one has ended.`
    throw new AppError('unavailable', message, {}, { 'retry-after': '30' })
  }
  running++
  const out = new PassThrough()
  // Until the answer listens, and after its reader has gone.
  out.on('error', () => undefined)
  const { promise: begun, resolve } = Promise.withResolvers<void>()
  let hasBegun = false
  const begin = () => {
    hasBegun = true
    resolve()
  }
  const poured = pour(exported, out, begin).finally(() => running--)
  poured.catch((error: Error) => {
    // A file that ends early must not look whole.
    if (hasBegun && !out.destroyed) exported.house.events.failed(error, '/api/cases/export')
    out.destroy(error)
  })
  await Promise.race([begun, poured])
  return out
}

async function pour({ work, house, filters, locale }: Export, out: PassThrough, begin: () => void) {
  const sent = { count: 0, complete: false }
  try {
    await inSnapshot(work, filters, async (rows) => {
      await disclose(house, rows, work.by.actor)
      const head = sent.count ? '' : csvHead(locale)
      begin()
      await write(out, head + rows.map((row) => csvLine(row, locale)).join(''))
      sent.count += rows.length
    })
    if (!sent.count) await write(out, csvHead(locale))
    sent.complete = true
    out.end()
  } finally {
    await record(work, {
      action: 'cases.exported',
      subject: 'export',
      id: 'cases',
      after: { filter: filters, ...sent },
    })
  }
}

/** Batch by batch through one transaction, which sees nothing of what is changed meanwhile. */
function inSnapshot(work: Work, filters: CaseFilters, take: (rows: NonNullable<CaseRow>[]) => Promise<void>) {
  const walk = async (tx: Db) => {
    // Sorting a million comes before the first row; and who takes nothing for a minute is gone.
    await tx.execute(sql`set local statement_timeout = '60s'`)
    await tx.execute(sql`set local idle_in_transaction_session_timeout = '60s'`)
    const asked = await askedFor(tx, work.by, filters, '-created_at')
    await tx.execute(sql`declare exported no scroll cursor for ${inOrder(asked)}`)
    for (;;) {
      const { rows } = await tx.execute<{ id: string }>(sql`fetch ${sql.raw(String(perBatch))} from exported`)
      if (!rows.length) return
      const ids = rows.map(({ id }) => id)
      await take(await casesById(tx, ids, work.by))
    }
  }
  return work.db.transaction(walk, { isolationLevel: 'repeatable read', accessMode: 'read only' })
}

/** Written before the cases leave: what cannot be recorded is not shown. */
async function disclose({ disclosures }: House, rows: NonNullable<CaseRow>[], actor: string) {
  for (const { id, patient_id } of rows) {
    disclosures.record({ actor, action: 'case.exported', case_id: id, patient_id })
  }
  await disclosures.flush()
}

async function write(out: PassThrough, text: string) {
  if (out.destroyed) throw new Error('the reader has gone')
  if (out.write(text)) return
  const gone = new AbortController()
  const leave = () => gone.abort()
  out.once('close', leave)
  await once(out, 'drain', { signal: gone.signal }).finally(() => out.off('close', leave))
}
