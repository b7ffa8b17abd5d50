import { residentMiB } from './cpu.ts'
import { openPopHouse, tellOf } from './pop-house.ts'
import { openStreams } from './pop-stream.ts'
import type { Figure } from './pops.ts'

const mostMiB = 300 / 1.048576

/** What connected pages cost the process that holds them: before, with all of them, and after a call has rung at each. */
export async function measureMemory({ streams, patients }: { streams: number; patients: number }): Promise<Figure[]> {
  await using stack = new AsyncDisposableStack()
  const house = await openPopHouse(stack, { patients, agents: streams })
  const server = await house.serve()
  stack.defer(() => server.stop())
  const callerOf = (n: number) => `+39 347 ${String(1_000_000 + n)}`
  // A process that has worked: what it costs to have answered at all is not the streams' doing.
  for (let n = 0; n < 100; n++) await tellOf(server.url, house.key, ring(`warm-${n}`, callerOf(n), 'nobody'))
  const before = residentMiB(server.pid)
  const heard = new Set<string>()
  const open = await openStreams(stack, server.url, house.agents, ({ id }, { event }) => {
    if (event.kind === 'call' && event.what === 'ringing') heard.add(id)
  })
  const connected = residentMiB(server.pid)
  let peak = connected
  for (const [n, { email }] of house.agents.entries()) {
    await tellOf(server.url, house.key, ring(`call-${n}`, callerOf(n), email))
    if (n % 25 === 0) peak = Math.max(peak, residentMiB(server.pid))
  }
  peak = Math.max(peak, residentMiB(server.pid))
  const listening = open.filter((stream) => stream.isOpen()).length
  return [
    {
      what: 'streams connected to one process',
      wanted: `${streams}`,
      measured: `${listening}`,
      kept: listening === streams,
    },
    {
      what: 'pages that heard their own call',
      wanted: `${streams}`,
      measured: `${heard.size}`,
      kept: heard.size === streams,
    },
    {
      what: 'resident memory of that process, at most',
      wanted: '< 300 MB',
      measured: `${megabytes(peak)} MB (before ${megabytes(before)}, all connected ${megabytes(connected)})`,
      kept: peak < mostMiB,
    },
  ]
}

const ring = (call_id: string, from: string, agent: string) => ({ call_id, event: 'ringing', from, agent })
const megabytes = (mebibytes: number) => Math.round(mebibytes * 1.048576)
