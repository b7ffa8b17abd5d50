import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openCluster } from './cluster.ts'
import { clusterMeter, type Meter, processMeter } from './cpu.ts'
import { loadDataset } from './dataset.ts'
import { type ListQuestion, listQuestions, type Somewhere } from './list-questions.ts'
import { draw } from './people.ts'
import { table } from './report.ts'
import { command, type Served, serveFloor, serveProgram } from './servers.ts'

/*
 * How long lists of cases take at the API, question by question, one after the other: `node bench/lists.ts [patients]`.
 * The processor's time beside the clock's tells a slow question from a busy machine; the floor is the same page by primary
 * key, from a bare server. Who is limited to one clinic of eight asks everything again.
 */

const goalMs = 100

if (process.argv[1] === fileURLToPath(import.meta.url)) await benchLists(Number(process.argv[2] ?? 1_000_000))

async function benchLists(patients: number): Promise<void> {
  await using stack = new AsyncDisposableStack()
  // Servers and folders must not outlive an impatient Ctrl-C.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stack.disposeAsync().finally(() => process.exit(130)))
  }
  const cluster = await openCluster()
  stack.defer(() => cluster.stop())
  await cluster.create('clinicacrm')
  await loadDataset(cluster.superuser('clinicacrm'), patients)
  await measureLists({ url: cluster.url('clinicacrm'), postmaster: cluster.postmaster }, patients)
}

/** The questions on a database that is loaded already. */
export async function measureLists(database: { url: string; postmaster: number }, patients: number): Promise<void> {
  await using stack = new AsyncDisposableStack()
  const served = async (starting: Promise<Served>) => {
    const server = await starting
    stack.defer(() => server.stop())
    return server
  }
  const environment = { DATABASE_URL: database.url }
  const floor = await served(serveFloor(database.url))
  const program = await served(serveProgram(environment))
  const ofDatabase = clusterMeter(database.postmaster)
  const overFloor = { url: floor.url, meters: [processMeter(floor.pid), ofDatabase] }
  // What was just loaded is nowhere in memory, nor are the plans.
  for (let n = 0; n < 5; n++) await figuresOf(overFloor, floorQuestion(patients))
  const pages = await figuresOf(overFloor, floorQuestion(patients))
  const rows = [['', 'question', 'asked', 'p50 ms', 'p95 ms', 'max ms', 'CPU ms', 'p50 of the floor’s', '']]
  rows.push(['Floor', ...shown('fifty cases by primary key', pages, pages)])
  const meters = [processMeter(program.pid), ofDatabase]
  const questions = listQuestions(patients, await someCases(database.url))
  for (const clinics of [[], ['--clinic', 'Lugano']]) {
    const key = await newKey(clinics, environment)
    rows.push([clinics.length ? 'ONE CLINIC OF EIGHT' : 'EVERY CLINIC', ...Array<string>(8).fill('')])
    for (const question of questions) {
      const figures = await figuresOf({ url: program.url, key, meters }, question)
      rows.push([question.group, ...shown(question.name, figures, pages)])
    }
  }
  table(rows, true)
}

function floorQuestion(patients: number): ListQuestion {
  const first = (n: number) => 1 + Math.floor(draw(n, 1) * patients * 0.5)
  const paths = Array.from({ length: 40 }, (_, n) => `/page/${first(n)}/${1 + (n % 7) * 997}`)
  return { group: 'Floor', name: 'fifty cases by primary key', paths }
}

/** Where pages deep in the list begin. */
async function someCases(url: string): Promise<Somewhere[]> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`set timezone = 'UTC'`)
  const { rows } = await client.query<Somewhere>(
    `select c.id::text, c.created_at::text, c.follow_up_date::text, p.sort_name
       from (select max(id) as last from cases) it cross join generate_series(0, 39) n
       cross join lateral (select * from cases
         where id > n * last / 41 and follow_up_date is not null and deleted_at is null order by id limit 1) c
       join patients p on p.id = c.patient_id`,
  )
  await client.end()
  return rows
}

async function newKey(clinics: string[], environment: Record<string, string>): Promise<string> {
  const scopes = ['--scope', 'cases:read']
  const printed = await command(
    ['keys', 'create', '--name', 'bench', '--limit', '1000000', ...scopes, ...clinics],
    environment,
  )
  return /^ +(\S+)$/m.exec(printed)![1]!
}

type Target = { url: string; key?: string; meters: Meter[] }
type Figures = { latencies: number[]; cpu: number }

async function figuresOf(target: Target, { paths }: ListQuestion): Promise<Figures> {
  for (const path of paths.slice(-3)) await ask(target, path)
  for (const meter of target.meters) meter.start()
  const latencies: number[] = []
  for (const path of paths) latencies.push(await ask(target, path))
  const cpu = target.meters.reduce((sum, meter) => sum + meter.microseconds(), 0) / paths.length / 1_000
  return { latencies: latencies.toSorted((a, b) => a - b), cpu }
}

function shown(name: string, { latencies, cpu }: Figures, floor: Figures): string[] {
  const at = (share: number, of = latencies) => of[Math.min(of.length - 1, Math.floor(of.length * share))]!
  return [
    name,
    String(latencies.length),
    ...[0.5, 0.95, 1].map((share) => at(share).toFixed(1)),
    cpu.toFixed(1),
    (at(0.5) / at(0.5, floor.latencies)).toFixed(1),
    at(0.95) <= goalMs ? '' : `over ${goalMs}`,
  ]
}

async function ask({ url, key }: Target, path: string): Promise<number> {
  for (;;) {
    const startedAt = performance.now()
    const response = await fetch(url + path, key === undefined ? {} : { headers: { 'x-api-key': key } })
    const text = await response.text()
    const ms = performance.now() - startedAt
    if (response.status === 200) return ms
    // Turned away because something else keeps the machine busy: that is no figure of the list.
    if (response.status !== 503) throw new Error(`${path} answered ${response.status}: ${text}`)
    await sleep(1_000)
  }
}
