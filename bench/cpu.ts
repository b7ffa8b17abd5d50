import { readdirSync, readFileSync } from 'node:fs'

/** CPU of a process with all its threads, or of a PostgreSQL with all its processes, since some moment. */
export type Meter = { start(): void; /** Microseconds since `start`. */ microseconds(): number }

export function processMeter(pid: number): Meter {
  let from = 0
  return {
    start: () => (from = threadsOf(pid)),
    microseconds: () => (threadsOf(pid) - from) / 1_000,
  }
}

/** Processes that ended in between are known to the postmaster alone, and to 10 ms only. */
export function clusterMeter(postmaster: number): Meter {
  let before = new Map<number, number>()
  let reapedBefore = 0
  return {
    start() {
      before = processesOf(postmaster)
      reapedBefore = reaped(postmaster)
    },
    microseconds() {
      const after = processesOf(postmaster)
      let sum = 0
      for (const [pid, ns] of after) sum += ns - (before.get(pid) ?? 0)
      let ended = 0
      for (const [pid, ns] of before) if (!after.has(pid)) ended += ns
      return (sum + Math.max(0, reaped(postmaster) - reapedBefore - ended)) / 1_000
    },
  }
}

/** Resident memory in MiB. */
export function residentMiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

function processesOf(postmaster: number): Map<number, number> {
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').trim().split(' ')
  const found = new Map<number, number>()
  for (const pid of [postmaster, ...children.filter(Boolean).map(Number)]) {
    try {
      found.set(pid, threadsOf(pid))
    } catch {
      // Ended between the list and the look.
    }
  }
  return found
}

/** Nanoseconds on a processor: the scheduler's own account, finer than the ticks of `stat`. */
function threadsOf(pid: number): number {
  let sum = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    sum += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
  }
  return sum
}

/** What ended children had used: `cutime` and `cstime`, in ticks of 10 ms. */
function reaped(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[13]) + Number(fields[14])) * 10_000_000
}
