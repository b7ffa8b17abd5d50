import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a receiver of webhooks got. */
export type Received = { path: string; headers: IncomingHttpHeaders; body: string; at: number }
type Answer = { status: number; headers?: Record<string, string>; body?: string } | 'never'

export type Receiver = {
  url: string
  port: number
  received: Received[]
  /** Types of what it got, in the order in which it came. */
  types(): string[]
  /** From now on, by how many came before. */
  answers(answer: (nth: number, received: Received) => Answer | Promise<Answer>): void
  close(): Promise<void>
}

/** Somebody's real server on this machine, to which webhooks are sent. */
export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = []
  let answer: (nth: number, received: Received) => Answer | Promise<Answer> = () => ({ status: 204 })
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const one = { path: request.url ?? '', headers: request.headers, body, at: performance.now() }
      received.push(one)
      void Promise.resolve(answer(received.length - 1, one)).then((said) => {
        if (said !== 'never') response.writeHead(said.status, said.headers).end(said.body)
      })
    })
  }
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    port,
    received,
    types: () => received.map(({ body }) => (JSON.parse(body) as { type: string }).type),
    answers: (next) => (answer = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
