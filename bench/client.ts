import { connect, type Socket } from 'node:net'

/** One request, ready to be sent, and what its answer must be. */
export type Shot = { bytes: Buffer; status: number; caseId: string | null }
export type Volley = {
  answers: number
  /** Answers 503: the program gave up in time, because the machine did not get round to it. */
  refused: number
  seconds: number
  latencies: Float64Array
  wrong: string[]
}

/** One answer in so many is read and compared; every answer's status is. */
const checkEvery = 50
const patienceMs = 15_000

/**
 * Keeps each connection busy with one request after the other. Our own, because on two processors a load generator that
 * costs as much as the server would measure itself: this one takes about a third of autocannon's CPU.
 */
export async function fire(
  url: string,
  shots: Shot[],
  connections: number,
  seconds: number,
  from = 0,
): Promise<Volley> {
  const { hostname, port } = new URL(url)
  const volley = { answers: 0, refused: 0, latencies: new Float64Array(1 << 16), wrong: [] as string[] }
  let next = from
  let until = Infinity
  let first = 0
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(hostname, Number(port))))
  const { promise: failed, reject } = Promise.withResolvers<never>()
  const watchdog = setTimeout(() => reject(new Error('no answer in time')), seconds * 1_000 + patienceMs)

  const work = (socket: Socket) =>
    new Promise<void>((done) => {
      let shot: Shot
      let sentAt = 0
      let pending: Buffer | null = null
      const send = () => {
        sentAt = performance.now()
        if (sentAt >= until) return done()
        shot = shots[next++ % shots.length]!
        socket.write(shot.bytes)
      }
      socket.on('data', (chunk: Buffer) => {
        const answer: Buffer = pending ? Buffer.concat([pending, chunk]) : chunk
        const end = endOf(answer)
        if (end === -1 || answer.length < end) return void (pending = answer)
        pending = null
        if (volley.answers === volley.latencies.length) volley.latencies = doubled(volley.latencies)
        volley.latencies[volley.answers++] = performance.now() - sentAt
        check(answer, shot, volley)
        send()
      })
      socket.on('error', reject)
      socket.on('close', () => reject(new Error('the server closed a connection')))
      send()
    })

  try {
    first = performance.now()
    until = first + seconds * 1_000
    await Promise.race([Promise.all(sockets.map(work)), failed])
    const latencies = volley.latencies.slice(0, volley.answers).sort()
    return { ...volley, latencies, seconds: (performance.now() - first) / 1_000 }
  } finally {
    clearTimeout(watchdog)
    for (const socket of sockets) socket.removeAllListeners('close').destroy()
  }
}

/** The latency that `share` of the answers did not exceed, in ms. */
export function percentile({ latencies }: Volley, share: number): number {
  return latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN
}

export function request(path: string, headers: Record<string, string> = {}): Buffer {
  const lines = Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
}

/** Where the answer ends, or -1 while its head is not whole. Both servers send a length. */
function endOf(answer: Buffer): number {
  const head = answer.indexOf('\r\n\r\n')
  if (head === -1) return -1
  const at = answer.indexOf('content-length: ')
  if (at === -1 || at > head) throw new Error('an answer without a length')
  let length = 0
  for (let i = at + 16; answer[i]! >= 48; i++) length = length * 10 + answer[i]! - 48
  return head + 4 + length
}

function check(answer: Buffer, { status, caseId }: Shot, volley: Pick<Volley, 'answers' | 'refused' | 'wrong'>): void {
  const told = (answer[9]! - 48) * 100 + (answer[10]! - 48) * 10 + answer[11]! - 48
  if (told === 503) return void volley.refused++
  if (told !== status) return void volley.wrong.push(`status ${told} instead of ${status}: ${answer.toString('utf8')}`)
  if (volley.answers % checkEvery || !caseId) return
  const body = JSON.parse(answer.toString('utf8', answer.indexOf('\r\n\r\n') + 4)) as { case_id?: string }
  if (body.case_id !== caseId) volley.wrong.push(`case ${body.case_id} instead of ${caseId}`)
}

async function open(host: string, port: number): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true })
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  return socket
}

function doubled(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(values.length * 2)
  larger.set(values)
  return larger
}
