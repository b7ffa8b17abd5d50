import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openCluster } from './cluster.ts'
import { clusterMeter, processMeter } from './cpu.ts'
import { loadDataset } from './dataset.ts'
import { table } from './report.ts'
import { type Asked, searchQuestions, type SearchQuestion } from './search-questions.ts'
import { command, serveProgram } from './servers.ts'

/*
 * How long the palette's box and the check for duplicates wait for an answer, kind by kind, one question after the other:
 * `node bench/search.ts [patients]`. The processor's time beside the clock's tells a slow question from a busy machine.
 */

/** p95 in ms. */
const goals: Record<string, number> = { Duplicates: 50 }
const usualGoal = 100

if (process.argv[1] === fileURLToPath(import.meta.url)) await benchSearch(Number(process.argv[2] ?? 1_000_000))

async function benchSearch(patients: number): Promise<void> {
  await using stack = new AsyncDisposableStack()
  const cluster = await openCluster()
  stack.defer(() => cluster.stop())
  await cluster.create('clinicacrm')
  await loadDataset(cluster.superuser('clinicacrm'), patients)
  await measureSearch({ url: cluster.url('clinicacrm'), postmaster: cluster.postmaster }, patients)
}

/** Asks everything of the real program, as somebody of every clinic and as somebody of one. */
export async function measureSearch(database: { url: string; postmaster: number }, patients: number): Promise<void> {
  await using stack = new AsyncDisposableStack()
  const environment = { DATABASE_URL: database.url }
  const server = await serveProgram(environment)
  stack.defer(() => server.stop())
  const meters = [processMeter(server.pid), clusterMeter(database.postmaster)]
  const questions = searchQuestions(patients)
  const rows = [['group', 'kind', 'asked', 'p50 ms', 'p95 ms', 'max ms', 'cpu ms', 'found', 'too broad', '']]
  for (const clinics of [[], ['--clinic', 'Lugano']]) {
    const scopes = ['cases:read', 'patients:read'].flatMap((scope) => ['--scope', scope])
    const key = await newKey([...scopes, ...clinics], environment)
    rows.push([clinics.length ? 'one clinic of eight' : 'every clinic', ...Array<string>(rows[0]!.length - 1).fill('')])
    for (const question of questions) rows.push(await figuresOf({ url: server.url, key, meters }, question))
  }
  table(rows, true)
}

async function newKey(more: string[], environment: Record<string, string>): Promise<string> {
  const printed = await command(['keys', 'create', '--name', 'bench', '--limit', '1000000', ...more], environment)
  return /^ +(\S+)$/m.exec(printed)![1]!
}

type Target = { url: string; key: string; meters: ReturnType<typeof processMeter>[] }

async function figuresOf(target: Target, { group, name, asked }: SearchQuestion): Promise<string[]> {
  const answers: (Answer & { ms: number })[] = []
  await ask(target, asked.at(-1)!)
  for (const meter of target.meters) meter.start()
  for (const question of asked) answers.push(await ask(target, question))
  const cpu = target.meters.reduce((sum, meter) => sum + meter.microseconds(), 0) / asked.length / 1_000
  const latencies = answers.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]!
  const share = (of: (answer: Answer) => unknown) =>
    `${Math.round((100 * answers.filter(of).length) / answers.length)} %`
  const goal = goals[group] ?? usualGoal
  return [
    group,
    name,
    String(asked.length),
    ...[0.5, 0.95, 1].map((part) => at(part).toFixed(1)),
    cpu.toFixed(1),
    share((answer) => (answer.patients ?? answer.candidates)?.length || answer.case),
    share((answer) => answer.too_broad),
    at(0.95) <= goal ? '' : `over ${goal}`,
  ]
}

type Answer = { patients?: unknown[]; candidates?: unknown[]; case?: unknown; too_broad?: boolean }

async function ask({ url, key }: Target, { path, body }: Asked): Promise<Answer & { ms: number }> {
  for (;;) {
    const startedAt = performance.now()
    const response = await fetch(url + path, {
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    })
    const answer = await response.text()
    const ms = performance.now() - startedAt
    if (response.status === 200) return { ...(JSON.parse(answer) as Answer), ms }
    // Turned away because something else keeps the machine busy: that is no figure of the search.
    if (response.status !== 503) throw new Error(`${path} answered ${response.status}: ${answer}`)
    await sleep(1_000)
  }
}
