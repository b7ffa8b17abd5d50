import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { refusedHost } from './error-reply.ts'

/** Nothing here may be cached, framed by strangers, sniffed, or run anything: an answer is data. */
const ofData = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';frame-ancestors 'self'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
}

/** A page runs our own scripts and styles; Swagger UI draws its icons from data: URLs in its own style sheet. */
export const ofPages = {
  'content-security-policy':
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';font-src 'self';" +
    "base-uri 'none';form-action 'self';frame-ancestors 'self'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** Decided once: working them out for each request, as libraries do, took a tenth of a lookup's time. */
export function secureHeaders(fastify: FastifyInstance, { publicUrl }: Pick<Config, 'publicUrl'>): void {
  // A clinic's own network may run without TLS; promising it there would lock people out.
  const headers = publicUrl.startsWith('https:')
    ? { ...ofData, 'strict-transport-security': 'max-age=31536000' }
    : ofData
  fastify.addHook('onRequest', (request, reply, next) => {
    request.startedAt = performance.now()
    reply.headers(headers)
    next(refusedHost(request.raw))
  })
}
