import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type ImportBatch, importBatch } from '../server/src/cases/import.ts'
import { readConfig } from '../server/src/config.ts'
import { openPools } from '../server/src/db/client.ts'
import { phoneKeyRows } from '../server/src/patients/patients.ts'
import { system, type Work } from '../server/src/work.ts'
import postgres from 'postgres'
import type { Cluster } from './cluster.ts'
import { clinicsSql, copyTables, italy } from './dataset.ts'
import { inquiriesOf } from './inquiries.ts'
import { patientAt } from './people.ts'

/** Patients a second, with their inquiries and keys. */
export type ImportRound = { program: number; copy: number }

const perBatch = 1_000

/** The program's bulk path against `copy` of the same finished rows into the same tables, each in a database of its own. */
export async function measureImports(cluster: Cluster, rounds: number, patients: number): Promise<ImportRound[]> {
  await Promise.all([cluster.create('import_program'), cluster.create('import_copy')])
  const copying = postgres({ ...cluster.superuser('import_copy'), max: 1 })
  const pools = openPools({ connectionString: cluster.url('import_program') }, () => undefined)
  const config = readConfig('serve', {})
  const work: Work = { db: pools.db, config, by: system }
  try {
    await copying.unsafe(clinicsSql)
    await pools.general.query(clinicsSql)
    const found: ImportRound[] = []
    const tables = copyTables((id, person) => phoneKeyRows(id, person, italy))
    for (let n = 0; n < rounds; n++) {
      const first = 1 + n * patients
      const batches = batchesFrom(first, patients)
      const texts = tables.map(({ name, columns, lines }) => ({ name, columns, rows: textOf(lines, first, patients) }))
      const program = () => secondsOf(() => inBatches(work, batches))
      const copy = () => secondsOf(() => copyAll(copying, texts))
      const seconds = { copy: 0, program: 0 }
      if (n % 2) seconds.copy = await copy()
      seconds.program = await program()
      seconds.copy ||= await copy()
      found.push({ program: patients / seconds.program, copy: patients / seconds.copy })
    }
    return found
  } finally {
    await pools.close()
    await copying.end()
  }
}

async function inBatches(work: Work, batches: ImportBatch[]) {
  for (const batch of batches) await importBatch(work, batch)
}

async function copyAll(sql: postgres.Sql, tables: { name: string; columns: string; rows: string[] }[]) {
  await sql`begin`
  for (const { name, columns, rows } of tables) {
    await pipeline(Readable.from(rows), await sql.unsafe(`copy ${name} (${columns}) from stdin`).writable())
  }
  await sql`commit`
}

function batchesFrom(first: number, patients: number): ImportBatch[] {
  return Array.from({ length: Math.ceil(patients / perBatch) }, (_, n) => {
    const numbers = Array.from({ length: perBatch }, (_, i) => first + n * perBatch + i)
    return {
      patients: numbers.map((i) => {
        const { lines: _, ...person } = patientAt(i)
        return person
      }),
      cases: numbers.flatMap((i, patient) =>
        inquiriesOf(i).map(({ updated_at: _, ...inquiry }) => ({ ...inquiry, patient })),
      ),
    }
  })
}

/** In pieces of some hundred kilobytes, ready to be sent. */
function textOf(lines: (i: number) => string, first: number, patients: number): string[] {
  const pieces = ['']
  for (let i = first; i < first + patients; i++) {
    if (pieces.at(-1)!.length > 262_144) pieces.push('')
    pieces[pieces.length - 1] += lines(i)
  }
  return pieces
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1_000
}
