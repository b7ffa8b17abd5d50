import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, InjectOptions } from 'fastify'

/** What came back on a socket: status 0 and no text when the server just closed. */
export type Said = { status: number; headers: Headers; text: string; raw: string }

/** Writes these bytes and reads until the server closes: ask for `Connection: close`, or hang up yourself. */
export async function wire(url: string, bytes: string | Buffer, options: { hangUp?: true } = {}): Promise<Said> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  // A server that refuses early may reset what we still write; what it said before counts.
  socket.on('error', () => undefined)
  socket.setTimeout(5_000, () => {
    chunks.push(Buffer.from('\r\n(hung for 5 s)'))
    socket.destroy()
  })
  await once(socket, 'connect')
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  if (options.hangUp) socket.end()
  await new Promise((resolve) => socket.once('close', resolve))
  return said(Buffer.concat(chunks))
}

function said(bytes: Buffer): Said {
  const raw = bytes.toString()
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = new Headers()
  for (const line of lines) headers.append(line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim())
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0), headers, text: rest.join('\r\n\r\n'), raw }
}

const insides =
  /<html|<!doctype|node_modules|\.(ts|js|mjs):\d+|\b(Type|Syntax|Range|Zod|Drizzle|Database)\w*Error\b|Failed query/i

/** What is wrong with an answer by the guide's rules: nothing, for every answer there is. */
export function flawsOf({ status, headers, text }: Pick<Said, 'status' | 'headers' | 'text'>): string[] {
  const flaws: string[] = []
  if (status >= 500) flaws.push(`status ${status}: ${text.slice(0, 300)}`)
  const isLine = headers.get('content-type') === 'text/plain; charset=utf-8' && (status === 200 || text === '')
  const isFile = headers.get('content-type') === 'text/csv; charset=utf-8' && status === 200
  // `format=text`: one line for a caller's display, none for an unknown caller.
  if (status === 204 || isLine || isFile) return flaws
  if (headers.get('content-type') !== 'application/json; charset=utf-8') {
    return [...flaws, `status ${status}, content type ${headers.get('content-type')}: ${text.slice(0, 200)}`]
  }
  if (status >= 400) flaws.push(...flawsOfRefusal(status, text))
  return flaws
}

function flawsOfRefusal(status: number, text: string): string[] {
  const body = JSON.parse(text) as Record<string, unknown>
  // Only who signs in is told what is wrong.
  const isSignIn = body.code === 'wrong_credentials' || body.code === 'wrong_code'
  if (status === 401 && !isSignIn) return text === '{"error":"Unauthorized"}' ? [] : [`401 says ${text}`]
  // The lookup's miss and what a readiness check found are answers, not refusals.
  if (status === 404 && (body.found === false || body.found === 'false')) return []
  const wordless = ['error', 'message'].filter((name) => typeof body[name] !== 'string' || body[name] === '')
  const flaws = wordless.map((name) => `${status} without ${name}: ${text.slice(0, 200)}`)
  return insides.test(text) ? [...flaws, `shows its insides: ${text.slice(0, 400)}`] : flaws
}

/** Asks again while the answer is 503: on a machine that does much else at once the server may rightly say so, but not for long. */
export async function patiently<T extends { status: number }>(
  ask: () => Promise<T>,
  isBusy: (answer: T) => boolean | Promise<boolean> = ({ status }) => status === 503,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const answer = await ask()
    if (tries === 12 || !(await isBusy(answer))) return answer
    await sleep(300)
  }
}

/** Asks without a socket, so as a peer of any `remoteAddress`. */
export const asPeer = (app: FastifyInstance, asked: InjectOptions) =>
  patiently(async () => {
    const { statusCode, headers, payload } = await app.inject(asked)
    return { status: statusCode, headers, text: payload }
  })
