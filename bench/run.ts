import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { type Cluster, openCluster } from './cluster.ts'
import { loadDataset, verifyKeys } from './dataset.ts'
import { measureImports } from './imports.ts'
import { floorShots, lookupShots, measure, type Target } from './measure.ts'
import { type Options, readOptions } from './options.ts'
import { kinds, makeQuestions, type Question } from './questions.ts'
import type { Round } from './pairs.ts'
import { printReport, writeResults } from './report.ts'
import { command, serveFloor, serveProgram } from './servers.ts'
import { type FirstAnswer, firstAnswers } from './start.ts'

type Dataset = { patients: number; database: string; url: string; key: string; question: Question }

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = readOptions(process.argv.slice(2))
  if (options) await bench(options)
}

async function bench(options: Options): Promise<void> {
  await using stack = new AsyncDisposableStack()
  // Servers and folders must not outlive an impatient Ctrl-C.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stack.disposeAsync().finally(() => process.exit(130)))
  }
  const cluster = await openCluster()
  stack.defer(() => cluster.stop())
  const datasets: Dataset[] = []
  const rounds = await measureServers(cluster, options, datasets, stack.use(new AsyncDisposableStack()))
  const imports = options.imports ? await measureImports(cluster, options.rounds, options.smoke ? 1_000 : 10_000) : []
  const starts = await measureStarts(cluster, options, datasets)
  const results = { options, rounds, imports, starts, postgres: cluster.version, load: loadavg() }
  printReport(results)
  if (!options.smoke) writeResults(results)
}

/** Every target meets every load in every round; the order turns around from round to round. */
async function measureServers(
  cluster: Cluster,
  options: Options,
  datasets: Dataset[],
  servers: AsyncDisposableStack,
): Promise<Round[]> {
  const targets: Target[] = []
  for (const patients of options.sizes) {
    const database = datasets.length ? `bench_${patients}` : 'clinicacrm'
    const { dataset, questions } = await prepare(cluster, database, patients)
    datasets.push(dataset)
    const floor = await serveFloor(dataset.url)
    servers.defer(() => floor.stop())
    const program = await serveProgram({ DATABASE_URL: dataset.url })
    servers.defer(() => program.stop())
    targets.push({ name: 'floor', patients, server: floor, shots: floorShots(questions) })
    targets.push({ name: 'lookup', patients, server: program, shots: lookupShots(questions, dataset.key) })
  }
  const rounds: Round[] = []
  for (let n = 0; n < options.rounds; n++) {
    for (const connections of options.connections) {
      for (const kind of kinds) {
        for (const target of n % 2 ? targets.toReversed() : targets) {
          const figures = await measure(cluster, target, kind, { ...options, connections })
          rounds.push({ target: target.name, patients: target.patients, kind, connections, ...figures })
        }
      }
    }
    say(`round ${n + 1} of ${options.rounds} done, load ${loadavg()[0]!.toFixed(1)}`)
  }
  await servers.disposeAsync()
  return rounds
}

async function prepare(cluster: Cluster, database: string, patients: number) {
  const startedAt = performance.now()
  const url = cluster.url(database)
  await cluster.create(database)
  verifyKeys(patients, 2_000)
  await loadDataset(cluster.superuser(database), patients)
  const questions = await makeQuestions(url, patients)
  const printed = await command(['keys', 'create', '--name', 'bench', '--limit', '1000000'], { DATABASE_URL: url })
  const key = /^ +(\S+)$/m.exec(printed)![1]!
  say(`${patients.toLocaleString('en')} patients ready in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`)
  return { dataset: { patients, database, url, key, question: questions.hit[0]! }, questions }
}

/** The first dataset stands in the database that the program itself would open in this folder. */
async function measureStarts(cluster: Cluster, options: Options, datasets: Dataset[]): Promise<FirstAnswer[]> {
  const [own, largest] = [datasets[0]!, datasets.at(-1)!]
  const running = await firstAnswers('PostgreSQL runs', { DATABASE_URL: largest.url }, largest, options.rounds)
  await cluster.halt()
  const environment = { DATA_DIR: cluster.dataDir }
  return [...running, ...(await firstAnswers('PostgreSQL starts too', environment, own, options.rounds))]
}

function say(text: string) {
  process.stdout.write(`${text}\n`)
}
