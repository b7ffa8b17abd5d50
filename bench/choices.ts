import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { fire } from './client.ts'
import { type Cluster, openCluster } from './cluster.ts'
import { loadDataset } from './dataset.ts'
import { type Figures, floorShots, lookupShots, measure, type Target } from './measure.ts'
import { makeQuestions, type Question } from './questions.ts'
import { median } from './pairs.ts'
import { table } from './report.ts'
import { type Served, serveFloor, serveScript } from './servers.ts'
import { shapingTimes } from './shaping.ts'

/* The figures that decided: driver, asking together or apart, serialisation, validation, load generator. */

const patients = 100_000
const rounds = 5

if (process.argv[1] === fileURLToPath(import.meta.url)) await compare()

async function compare(): Promise<void> {
  await using stack = new AsyncDisposableStack()
  const cluster = await openCluster()
  stack.defer(() => cluster.stop())
  await cluster.create('choices')
  await loadDataset(cluster.superuser('choices'), patients)
  const url = cluster.url('choices')
  const questions = await makeQuestions(url, patients)
  const kept = async (served: Promise<Served>) => {
    const server = await served
    stack.defer(() => server.stop())
    return server
  }
  const target = (name: string, server: Served, shots: Target['shots']): Target => ({ name, patients, server, shots })
  const floor = await kept(serveFloor(url))
  const [asFloor, asLookup] = [floorShots(questions), lookupShots(questions, '')]
  await sideBySide('Driver', cluster, [
    target('pg', floor, asFloor),
    target('postgres.js', await kept(serveFloor(url, 'postgres')), asFloor),
  ])
  await sideBySide('Asking', cluster, [
    target('together', await kept(serveScript('asking.ts', [url, 'together'])), asLookup),
    target('apart', await kept(serveScript('asking.ts', [url, 'apart'])), asLookup),
  ])
  await generators(floor, asFloor.hit, questions.hit)
  table([['In process', 'ns'], ...shapingTimes().map(([name, ns]) => [name, ns.toFixed(0)])])
}

async function sideBySide(title: string, cluster: Cluster, targets: Target[]): Promise<void> {
  const found = new Map<string, Figures[]>()
  for (let n = 0; n < rounds; n++) {
    for (const connections of [1, 16, 64]) {
      for (const target of n % 2 ? targets.toReversed() : targets) {
        const figures = await measure(cluster, target, 'hit', { connections, seconds: 1.5, warmUpSeconds: 0.5 })
        const name = `${connections} ${target.name}`
        found.set(name, [...(found.get(name) ?? []), figures])
      }
    }
  }
  const rows = Array.from(found, ([name, of]) => {
    const figure = (key: keyof Figures, digits: number) => median(of.map((one) => one[key])).toFixed(digits)
    return [name, figure('rate', 0), figure('p50', 2), figure('p99', 2), figure('server', 0), figure('postgres', 0)]
  })
  table([[title, 'req/s', 'p50 ms', 'p99 ms', 'server µs', 'pg µs'], ...rows])
}

/** What the load generator itself takes from a machine with few processors. */
async function generators(floor: Served, shots: Target['shots']['hit'], asked: Question[]): Promise<void> {
  const requests = asked
    .slice(0, 2_000)
    .map(({ patientId }) => ({ method: 'GET' as const, path: `/floor/${patientId}` }))
  const found: Record<string, number[][]> = { ours: [], autocannon: [] }
  for (let n = 0; n < rounds; n++) {
    let before = process.cpuUsage()
    const volley = await fire(floor.url, shots, 16, 2)
    found.ours!.push([volley.answers / volley.seconds, spent(before) / volley.answers])
    before = process.cpuUsage()
    const result = await autocannon({ url: floor.url, connections: 16, duration: 2, requests })
    const { total } = result.requests
    found.autocannon!.push([total / result.duration, spent(before) / total])
  }
  const rows = Object.entries(found).map(([name, of]) => [
    name,
    ...[0, 1].map((i) => median(of.map((one) => one[i]!)).toFixed(0)),
  ])
  table([['Load generator, 16', 'req/s', 'its µs'], ...rows])
}

function spent(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}
