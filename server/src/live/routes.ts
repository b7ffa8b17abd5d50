import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { livePath } from '@clinicacrm/contract/desk.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'
import { unavailable } from '../db/fast.ts'
import type { Person } from '../http/caller.ts'
import type { Readiness } from '../http/health.ts'
import type { App } from '../http/serve.ts'
import type { Sessions } from '../http/sessions.ts'
import type { Stream } from './audience.ts'
import type { Hub } from './hub.ts'

const maxStreamsEach = 20
/** A page that does not read what it is sent is cut off: it asks anew for all once it comes back. */
const maxUnread = 256 * 1024

type House = { hub: Hub; sessions: Sessions; readiness: Readiness }

/** Not in the contract's list: its reply is a stream that ends when the page closes, the session does, or we do. */
export function liveRoutes(app: App, { hub, sessions, readiness }: House): void {
  app.declared.set(livePath, [{ method: 'GET', needs: 'signed_in' }])
  app.fastify.get(livePath, {
    onRequest: app.doorman.admit('signed_in'),
    handler: async (request, reply) => {
      if (readiness.draining) throw unavailable()
      if (request.method === 'HEAD') return reply.headers(ofStreams).send()
      const person = request.caller as Person
      refuseTooMany(hub, person)
      await hub.listening()
      open(hub, { request, reply, person, sessions })
      return reply
    },
  })
  app.fastify.addHook('preClose', () => hub.close())
}

const ofStreams = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // nginx would collect what should arrive at once.
  'x-accel-buffering': 'no',
}

function refuseTooMany(hub: Hub, { id }: Person) {
  if (hub.streamsOf(id) < maxStreamsEach) return
  const message = `You have ${maxStreamsEach} pages open that listen. Close some of them.`
  throw new AppError('too_many_requests', message, {}, { 'retry-after': '60' })
}

type Opening = { request: FastifyRequest; reply: FastifyReply; person: Person; sessions: Sessions }

function open(hub: Hub, { request, reply, person, sessions }: Opening) {
  const headers = reply.headers(ofStreams).getHeaders() as OutgoingHttpHeaders
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, headers)
  // Not all of them at the same moment, when a server was away.
  raw.write(`retry: ${2_000 + Math.floor(Math.random() * 3_000)}\n\n`)
  const stream: Stream = {
    person,
    checkedAt: performance.now(),
    async check() {
      // The deadline of a question counts from here, and this request began long ago.
      request.startedAt = performance.now()
      const token = await sessions.tokenOf(request)
      return token === null ? null : sessions.personBy(token, request)
    },
    write: (text) => writeTo(raw, text),
    end: () => raw.end(),
  }
  raw.once('close', () => hub.leave(stream))
  if (raw.destroyed) return
  hub.join(stream, lastHeardBy(request))
}

function writeTo(raw: ServerResponse, text: string) {
  if (raw.destroyed || raw.writableEnded) return
  raw.write(text)
  if (raw.writableLength > maxUnread) raw.destroy()
}

function lastHeardBy({ headers: { 'last-event-id': id } }: FastifyRequest): string | undefined {
  return typeof id === 'string' && id !== '' ? id : undefined
}
