import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { fire, percentile, request, type Shot } from './client.ts'
import { clusterMeter, type Meter, processMeter, residentMiB } from './cpu.ts'
import { type Kind, lookupPath, type Question } from './questions.ts'
import type { Served } from './servers.ts'

/** One server on one dataset, with its questions ready to be sent. */
export type Target = { name: string; patients: number; server: Served; shots: Record<Kind, Shot[]> }
export type Figures = {
  rate: number
  p50: number
  p99: number
  /** CPU microseconds for one answer. */
  server: number
  postgres: number
  residentMiB: number
  answers: number
  refused: number
}
export type Plan = { connections: number; seconds: number; warmUpSeconds: number }

export function lookupShots(questions: Record<Kind, Question[]>, key: string): Record<Kind, Shot[]> {
  return shotsOf(questions, (question) => request(lookupPath(question), { 'x-api-key': key }))
}

export function floorShots(questions: Record<Kind, Question[]>): Record<Kind, Shot[]> {
  const byPatient = (question: Question) => request(`/floor/${question.patientId}`)
  // The floor repeats the id it was asked for.
  return shotsOf(questions, byPatient, ({ patientId }) => String(patientId))
}

function shotsOf(
  questions: Record<Kind, Question[]>,
  bytes: (question: Question) => Buffer,
  id = ({ caseId }: Question) => caseId,
): Record<Kind, Shot[]> {
  const shots = (asked: Question[]) =>
    asked.map((question) => {
      const found = question.caseId !== null
      return { bytes: bytes(question), status: found ? 200 : 404, caseId: found ? id(question) : null }
    })
  return { hit: shots(questions.hit), miss: shots(questions.miss), mixed: shots(questions.mixed) }
}

/** One round: a drained system, a warm-up that does not count, then `seconds` of load. */
export async function measure(cluster: Cluster, target: Target, kind: Kind, plan: Plan): Promise<Figures> {
  const { server, shots } = target
  const meters = { server: processMeter(server.pid), postgres: clusterMeter(cluster.postmaster) }
  await drain(cluster, Object.values(meters))
  const warmUp = await fire(server.url, shots[kind], plan.connections, plan.warmUpSeconds)
  meters.server.start()
  meters.postgres.start()
  const volley = await fire(server.url, shots[kind], plan.connections, plan.seconds, warmUp.answers)
  const figures = {
    rate: volley.answers / volley.seconds,
    p50: percentile(volley, 0.5),
    p99: percentile(volley, 0.99),
    server: meters.server.microseconds() / volley.answers,
    postgres: meters.postgres.microseconds() / volley.answers,
    residentMiB: residentMiB(server.pid),
    answers: volley.answers,
    refused: volley.refused,
  }
  const wrong = [...warmUp.wrong, ...volley.wrong]
  if (wrong.length) throw new Error(`${target.name} answered wrongly: ${wrong[0]}`)
  if (figures.refused > figures.answers / 20) throw new Error(`${target.name} refused ${figures.refused} requests`)
  return figures
}

/** What the last round left behind must not be paid by the next: disclosures on their way, dirty pages, a vacuum. */
async function drain({ admin }: Cluster, meters: Meter[]): Promise<void> {
  const deadline = Date.now() + 5_000
  await admin.query('checkpoint')
  while (Date.now() < deadline) {
    for (const meter of meters) meter.start()
    await sleep(60)
    const idle = meters.every((meter) => meter.microseconds() < 6_000)
    const { rows } = await admin.query(
      `select 1 from pg_stat_activity where pid <> pg_backend_pid() and state <> 'idle' or backend_type = 'autovacuum worker'`,
    )
    if (idle && !rows.length) return
  }
}
