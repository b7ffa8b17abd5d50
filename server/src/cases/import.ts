import type { PersonFields } from '@clinicacrm/contract/patients.ts'
import { getTableColumns, getTableName, sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { record } from '../audit/audit.ts'
import type { Db } from '../db/client.ts'
import { cases, notes, patients, phoneKeys } from '../db/schema.ts'
import { currentKeyVersion, type PhoneKeyRow, phoneKeyRows, searchColumns } from '../patients/patients.ts'
import { inTransaction, type Work } from '../work.ts'

type Details = { birth_date: string; language: string; contact_times: string; alert_text: string } & {
  do_not_contact: boolean
  do_not_contact_reason: string
}
export type ImportedPatient = { [F in keyof PersonFields]: PersonFields[F] } & { clinic_id: string } & Partial<Details>
export type ImportedCase = Omit<
  typeof cases.$inferInsert,
  'id' | 'patient_id' | 'version' | 'updated_at' | 'deleted_at'
> & {
  /** Index of the patient in the same batch. */
  patient: number
  notes?: { author: string; body: string; created_at: string }[]
}
export type ImportBatch = { patients: ImportedPatient[]; cases: ImportedCase[] }

/**
 * The bulk path: a batch of people with their cases, whole or not at all, in one statement per table. Numbers are read by
 * the same rules as everywhere; the trace is one row for the batch. Returns the ids, in the order given.
 */
export function importBatch(work: Work, batch: ImportBatch): Promise<{ patientIds: string[]; caseIds: string[] }> {
  return inTransaction(work, async (inside) => {
    const { db, config } = inside
    const patientIds = await takeIds(db, patients, batch.patients.length)
    const caseIds = await takeIds(db, cases, batch.cases.length)
    const people = batch.patients.map((patient, i) => personRow(patient, patientIds[i]!, config))
    await insertAll(
      db,
      patients,
      people.map(({ row }) => row),
    )
    await insertAll(
      db,
      phoneKeys,
      people.flatMap(({ keys }) => keys.map(keyRow)),
    )
    await insertAll(
      db,
      cases,
      batch.cases.map((kase, i) => caseRow(kase, caseIds[i]!, patientIds)),
    )
    await insertAll(
      db,
      notes,
      batch.cases.flatMap((kase, i) => noteRows(kase, caseIds[i]!)),
    )
    const range = { patients: [patientIds[0], patientIds.at(-1)], cases: [caseIds[0], caseIds.at(-1)] }
    await record(inside, { action: 'cases.imported', subject: 'import', id: caseIds[0] ?? '0', after: range })
    return { patientIds, caseIds }
  })
}

function personRow(patient: ImportedPatient, id: string, config: Work['config']) {
  const person = { ...patient, id, first_name: patient.first_name ?? '', last_name: patient.last_name ?? '' }
  const keys = phoneKeyRows(id, person, config)
  return { row: { ...person, key_version: currentKeyVersion(config), ...searchColumns(person, keys) }, keys }
}

const keyRow = (row: PhoneKeyRow) => ({ ...row, exts: arrayText(row.exts), fields: arrayText(row.fields) })

function caseRow({ patient, notes: written = [], ...fields }: ImportedCase, id: string, patientIds: string[]) {
  const last_contact_at =
    written
      .map(({ created_at }) => created_at)
      .toSorted()
      .at(-1) ?? null
  return { last_contact_at, ...fields, id, patient_id: patientIds[patient]! }
}

const noteRows = (kase: ImportedCase, case_id: string) => (kase.notes ?? []).map((note) => ({ ...note, case_id }))

/** Ids before the rows, so that rows of several tables can name each other without a round trip per row. */
async function takeIds(db: Db, table: PgTable, count: number): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(
    sql`select nextval(pg_get_serial_sequence(${getTableName(table)}, 'id'))::text as id from generate_series(1, ${count})`,
  )
  return rows.map(({ id }) => id).sort((a, b) => Number(BigInt(a) - BigInt(b)))
}

type Cell = string | number | boolean | null | undefined

/** One array parameter per column, however many rows: `insert … select … from unnest(…)`. */
async function insertAll(db: Db, table: PgTable, rows: Record<string, Cell>[]): Promise<void> {
  if (!rows.length) return
  const columns = Object.entries(getTableColumns(table) as Record<string, PgColumn>).filter(([name]) =>
    rows.some((row) => row[name] !== undefined),
  )
  const names = sql.join(
    columns.map(([name]) => sql.identifier(name)),
    sql`, `,
  )
  const arrays = sql.join(
    columns.map(([name, column]) =>
      arrayOf(
        column,
        rows.map((row) => row[name] ?? null),
      ),
    ),
    sql`, `,
  )
  const values = sql.join(
    columns.map(([name, column]) => selected(name, column)),
    sql`, `,
  )
  await db.execute(sql`insert into ${table} (${names}) select ${values} from unnest(${arrays}) as u (${names})`)
}

/** `unnest` flattens arrays of arrays, so an array column travels as text and is cast back. */
const isArray = (column: PgColumn) => column.getSQLType().endsWith('[]')
const arrayOf = (column: PgColumn, values: Cell[]): SQL =>
  sql`${sql.param(values)}::${sql.raw(isArray(column) ? 'text' : typeOf(column))}[]`
/** Without its collation, which a cast does not take. */
const typeOf = (column: PgColumn) => column.getSQLType().replace(/ collate .*/, '')
const selected = (name: string, column: PgColumn): SQL =>
  isArray(column) ? sql`u.${sql.identifier(name)}::${sql.raw(column.getSQLType())}` : sql`u.${sql.identifier(name)}`
const arrayText = (values: string[] | null) => values && `{${values.map((value) => JSON.stringify(value)).join(',')}}`
