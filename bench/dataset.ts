import { once } from 'node:events'
import { currentKeyVersion, type PhoneKeyRow, phoneKeyRows, searchColumns } from '../server/src/patients/patients.ts'
import postgres from 'postgres'
import type { Cluster } from './cluster.ts'
import { inquiriesOf, type Inquiry } from './inquiries.ts'
import { clinicNames, type Patient, patientAt } from './people.ts'

export const italy = { defaultCountry: 'IT' } as const

/** What `copy` reads: one line of tab-separated values for each row. Our values hold neither tabs nor backslashes. */
export type CopyTable = { name: string; columns: string; lines: (i: number) => string }

/** Patients with keys, search text and inquiries, in the order that foreign keys ask for. */
export function copyTables(keysOf: typeof constructedKeys = constructedKeys): CopyTable[] {
  const version = currentKeyVersion(italy)
  let caseId = 0
  return [
    {
      name: 'patients',
      columns: `id, first_name, last_name, phone, home_phone, cell_phone, email, clinic_id,
        search_text, folded_name, sort_name, key_version`,
      lines(i) {
        const p = patientAt(i)
        const { first_name, last_name, phone, home_phone, cell_phone, email, clinic_id } = p
        const { search_text, folded_name, sort_name } = searchColumns(p, keysOf(String(i), p))
        const person = [first_name, last_name, phone, home_phone, cell_phone, email, clinic_id]
        return line([i, ...person, search_text, folded_name, sort_name, version])
      },
    },
    {
      name: 'phone_keys',
      columns: 'key, patient_id, fields',
      lines: (i) =>
        keysOf(String(i), patientAt(i))
          .map(({ key, fields }) => line([key, i, `{${fields.join(',')}}`]))
          .join(''),
    },
    {
      name: 'cases',
      columns: `id, patient_id, ${inquiryColumns.join(', ')}`,
      lines: (i) =>
        inquiriesOf(i)
          .map((inquiry) => line([++caseId, i, ...cellsOf(inquiry)]))
          .join(''),
    },
  ]
}

const inquiryColumns = Object.keys(inquiriesOf(1)[0]!) as (keyof Inquiry)[]
const cellsOf = (inquiry: Inquiry) => inquiryColumns.map((column) => inquiry[column])

const line = (cells: (string | number | null)[]) => `${cells.map((cell) => cell ?? '\\N').join('\t')}\n`

/** The keys as the program would find them, without reading any text: `verifyKeys` holds them to the real rules. */
export function constructedKeys(patientId: string, { lines }: Patient): PhoneKeyRow[] {
  const rows = new Map<string, PhoneKeyRow>()
  for (const [field, { country, national }] of Object.entries(lines)) {
    const key = country + national
    const row = rows.get(key)
    if (row) row.fields.push(field)
    else rows.set(key, { key, patient_id: patientId, exts: null, fields: [field] })
  }
  return [...rows.values()]
}

/** Throws when the keys by construction are not those that the program reads from the text. */
export function verifyKeys(patients: number, sample: number): void {
  for (let n = 0; n < sample; n++) {
    const i = 1 + Math.floor((n * patients) / sample)
    const patient = patientAt(i)
    const [built, read] = [constructedKeys(String(i), patient), phoneKeyRows(String(i), patient, italy)]
    if (JSON.stringify(built) !== JSON.stringify(read))
      throw new Error(`patient ${i} would get other keys: ${JSON.stringify({ patient, built, read })}`)
  }
}

/** The clinics, in the order of their ids. */
export const clinicsSql = `insert into clinics (name, code) values
  ${clinicNames.map((name) => `('${name}', '${name.slice(0, 3).toUpperCase()}')`).join(', ')}`

/** Fills an empty, migrated database. As superuser: foreign keys are true by construction, indexes are built at the end. */
export async function loadDataset(connection: ReturnType<Cluster['superuser']>, patients: number): Promise<void> {
  const sql = postgres({ ...connection, max: 1, onnotice: () => undefined })
  try {
    await sql`set session_replication_role = replica`
    await sql`set maintenance_work_mem = '512MB'`
    await sql.unsafe(clinicsSql)
    const indexes = await sql<{ name: string; definition: string }[]>`
      select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
      where indrelid in ('patients'::regclass, 'phone_keys'::regclass, 'cases'::regclass) and not indisunique`
    for (const { name } of indexes) await sql.unsafe(`drop index ${name}`)
    for (const table of copyTables()) await copyIn(sql, table, 1, patients)
    for (const { definition } of indexes) await sql.unsafe(definition)
    await sql`select setval(pg_get_serial_sequence('patients', 'id'), ${patients}),
      setval(pg_get_serial_sequence('cases', 'id'), (select max(id) from cases))`
    await sql`update installation set phone_key_version = ${currentKeyVersion(italy)}`
    await sql.unsafe('vacuum (analyze, freeze)')
  } finally {
    await sql.end()
  }
}

/** `copy … from stdin` of patients `first` to `last`. */
export async function copyIn(sql: postgres.Sql, table: CopyTable, first: number, last: number): Promise<void> {
  const stream = await sql.unsafe(`copy ${table.name} (${table.columns}) from stdin`).writable()
  let chunk = ''
  for (let i = first; i <= last; i++) {
    chunk += table.lines(i)
    if (chunk.length < 262_144 && i < last) continue
    if (!stream.write(chunk)) await once(stream, 'drain')
    chunk = ''
  }
  stream.end()
  await once(stream, 'finish')
}
