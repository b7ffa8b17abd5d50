import { once } from 'node:events'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Administrator } from './administrator.ts'
import { openServer } from './slow-crm.ts'

const accountSid = 'AC00000000000000000000000000000001'
const authToken = 'the-auth-token-of-twilio'
/** What somebody who is signed in to Flex has. */
export const flexToken = 'eyJ-of-somebody-in-flex'

type Body = object | string
/** What a Function answers with, where it says more than a body. */
class TwilioResponse {
  status = 200
  body: Body = ''
  headers: Record<string, string> = {}
  setStatusCode(status: number): void {
    this.status = status
  }
  setBody(body: Body): void {
    this.body = body
  }
  appendHeader(name: string, value: string): void {
    this.headers[name] = value
  }
}
type Handler = (context: object, event: object, callback: (error: unknown, response?: unknown) => void) => unknown

export type Twilio = {
  /** The address of the Functions. */
  url: string
  close(): Promise<void>
}

/**
 * Twilio, as far as Functions need it: files run as they were downloaded, with what is required from npm; beneath them the
 * service that validates tokens is a server of ours, and so is whatever asks for a Function.
 */
export async function openTwilio(files: Record<string, string>, environment: Record<string, string>): Promise<Twilio> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clinicacrm-twilio-'))
  await symlink(path.resolve(import.meta.dirname, '../../node_modules'), path.join(folder, 'node_modules'))
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  const names = Object.keys(files).map((file) => [file.replace(/(\.(private|protected))?\.js$/, ''), file] as const)
  const functions = Object.fromEntries(names.map(([name, file]) => [name, { path: path.join(folder, file) }]))
  const context = { ACCOUNT_SID: accountSid, AUTH_TOKEN: authToken, ...environment }
  const iam = await openIam()
  const { request } = https
  const toIam = (options: https.RequestOptions, answer: (response: IncomingMessage) => void) => {
    if (options.hostname !== 'iam.twilio.com') throw new Error(`Nobody is at ${options.hostname}.`)
    return http.request({ ...options, hostname: '127.0.0.1', port: iam.port }, answer)
  }
  Object.assign(https, { request: toIam })

  const { url, close } = await openServer((asked, response) => {
    void answerTo(asked).then(({ status, headers, body }) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
    })
  })

  async function answerTo(asked: IncomingMessage): Promise<TwilioResponse> {
    const name = asked.url!.slice(1)
    const file = files[`${name}.js`] ?? files[`${name}.protected.js`]
    const response = new TwilioResponse()
    // Twilio itself refuses what it did not sign, and knows no Function of a private name.
    const isRefused = `${name}.protected.js` in files && !asked.headers['x-twilio-signature']
    if (!file || isRefused) return Object.assign(response, { status: file ? 403 : 404 })
    Object.assign(globalThis, { Twilio: { Response: TwilioResponse }, Runtime: { getFunctions: () => functions } })
    const { handler } = createRequire(functions[name]!.path)(functions[name]!.path) as { handler: Handler }
    const said = Object.fromEntries(new URLSearchParams(await textOf(asked)))
    return new Promise((resolve) => {
      void handler(context, said, (error, answer) => {
        if (error) resolve(Object.assign(response, { status: 500, body: 'An error' }))
        else if (answer instanceof TwilioResponse) resolve(answer)
        else resolve(Object.assign(response, { body: answer as Body }))
      })
    })
  }

  return {
    url,
    async close() {
      Object.assign(https, { request })
      await Promise.all([close(), iam.close()])
      await rm(folder, { recursive: true })
    },
  }
}

/** A file as it is downloaded once these settings are saved, also while another test saves others. */
export async function downloadWith(owner: Administrator, settings: object, file: string): Promise<Buffer> {
  const path = '/api/connectors/twilio-flex'
  for (;;) {
    const saved = await owner.ask<{ version: number }>('PUT', path, { settings })
    const downloaded = await owner.download('twilio-flex', file)
    const now = await owner.ask<{ version: number }>('GET', path)
    if (now.version === saved.version) return downloaded
  }
}

async function openIam() {
  const wanted = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  const server = http.createServer((request, response) => {
    void textOf(request).then((text) => {
      const isAsked = request.url === `/v1/Accounts/${accountSid}/Tokens/validate` && request.method === 'POST'
      const { token } = JSON.parse(text) as { token?: string }
      const valid = isAsked && request.headers.authorization === wanted && token === flexToken
      const who = { identity: 'giulia_2Eferri', worker_sid: 'WK00000000000000000000000000000001', roles: ['agent'] }
      response.end(
        JSON.stringify(valid ? { valid, code: 0, message: null, ...who } : { valid, message: 'Invalid token' }),
      )
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { port: (server.address() as AddressInfo).port, close: async () => void server.close() }
}

/** All that was sent. */
export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
