import Fastify from 'fastify'
import pg from 'pg'
import postgres from 'postgres'

/*
 * What any lookup costs on this machine: a bare Fastify route with one prepared select by primary key. No key, no limit,
 * no matching, no trace. `/page/` is the same for a page of a list: fifty cases by their numbers, with patient, clinic and
 * treatment. `node floor.ts <DATABASE_URL> [pg|postgres]`; prints its address.
 */

const [url = '', driver = 'pg'] = process.argv.slice(2)
const select = `select id, first_name, last_name, phone, home_phone, cell_phone, email, clinic_id, search_text, key_version,
  created_at, updated_at, version from patients where id = $1`
const selectPage = `select c.*, p.first_name, p.last_name, p.phone, p.home_phone, p.cell_phone, p.email,
  k.name as clinic, t.name as treatment from cases c join patients p on p.id = c.patient_id
  join clinics k on k.id = c.clinic_id left join treatments t on t.id = c.treatment_id where c.id = any($1)`
/** As many as the program's lookups have. */
const max = 4

type Row = Record<string, unknown>
const find = driver === 'pg' ? byPg() : byPostgres()
const pages = new pg.Pool({ connectionString: url, max })

const app = Fastify()
app.get<{ Params: { id: string } }>('/floor/:id', async ({ params }, reply) => {
  const row = await find(params.id)
  if (!row) return reply.code(404).send({ found: false, message: 'No patient has this id.' })
  return { found: true, case_id: params.id, patient: row, matches: [row] }
})
app.get<{ Params: { first: string; step: string } }>('/page/:first/:step', async ({ params }) => {
  const ids = Array.from({ length: 50 }, (_, n) => Number(params.first) + n * Number(params.step))
  const { rows } = await pages.query<Row>({ name: 'page', text: selectPage, values: [ids] })
  return { cases: rows }
})
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)

function byPg(): (id: string) => Promise<Row | undefined> {
  const pool = new pg.Pool({ connectionString: url, max })
  return async (id) => {
    const { rows } = await pool.query<Row>({ name: 'floor', text: select, values: [id] })
    return rows[0]
  }
}

function byPostgres(): (id: string) => Promise<Row | undefined> {
  const { host, searchParams, username, password, pathname } = new URL(url)
  const sql = postgres({
    host: searchParams.get('host') ?? host,
    username,
    password: decodeURIComponent(password),
    database: pathname.slice(1),
    max,
  })
  return async (id) => (await sql.unsafe<Row[]>(select, [id], { prepare: true }))[0]
}
