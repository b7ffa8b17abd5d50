import { once } from 'node:events'
import { createServer, type IncomingMessage, request as ask, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inject } from 'vitest'
import type {} from '../../../connectors/testing/crm.ts'
import { type Client, type ClientOptions, createClient } from '../client.ts'

type Misbehaviour = (request: IncomingMessage, response: ServerResponse, nth: number) => void

export type Door = AsyncDisposable & {
  url: string
  /** What was asked, oldest first: method and address. */
  asked: string[]
  /** What a caller gets instead of the CRM's answer; null lets them through. */
  behave(misbehaviour: Misbehaviour | null): void
  client(options?: Partial<ClientOptions>): Client
}

/** The running CRM behind a door that counts, and that can do what networks and proxies do. */
export async function openDoor(): Promise<Door> {
  const { url: crm, key } = inject('crm')
  const asked: string[] = []
  let misbehave: Misbehaviour | null = null
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (misbehave) misbehave(request, response, asked.length)
    else letThrough(crm, request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    asked,
    behave: (misbehaviour) => (misbehave = misbehaviour),
    client: (options) => createClient({ url, key, ...options }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export function letThrough(crm: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url } = request
  const onward = ask(`${crm}${url}`, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', () => response.destroy())
  request.pipe(onward)
}
