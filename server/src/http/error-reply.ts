import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { ErrorCode } from '@clinicacrm/contract/errors.ts'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'
import { isDatabaseDown, isRefusedValue } from '../db/errors.ts'
import { unavailable } from '../db/fast.ts'
import type { Events } from '../events.ts'

/** Everything that goes wrong leaves here, in the guide's shape. */
export function errorReply(events: Events) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply) => {
    const expected = asAppError(error)
    if (!expected) events.failed(error, request.routeOptions.url ?? 'unknown')
    const refusal = expected ?? new AppError('internal', 'Something unexpected happened. It was recorded.')
    if (refusal.status === 413) reply.header('connection', 'close')
    return reply
      .code(refusal.status)
      .headers(refusal.headers)
      .type('application/json; charset=utf-8')
      .send(refusal.body)
  }
}

/** Fastify's and PostgreSQL's own errors, in our words. */
export function asAppError(error: FastifyError | Error): AppError | null {
  if (error instanceof AppError) return error
  const code = 'code' in error ? String(error.code) : ''
  const known = fastifyErrors[code]
  if (known) return new AppError(...known)
  if (isDatabaseDown(error)) return unavailable()
  if (isRefusedValue(error)) return new AppError('invalid_request', 'A value cannot be stored.')
  const status = 'statusCode' in error ? error.statusCode : undefined
  // What Fastify or Node refuse for reasons of their own is the request's fault, never ours.
  return status && status >= 400 && status < 500
    ? new AppError('invalid_request', 'The request could not be read.')
    : null
}

const notJson = 'The request body must be valid JSON.'
const fastifyErrors: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_media_type', 'Send the body as application/json.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['payload_too_large', 'The request body is too large.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid_json', notJson],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid_json', notJson],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid_request', 'The body is not as long as Content-Length says.'],
  FST_ERR_BAD_URL: ['invalid_request', 'The address is not well formed.'],
  FST_ERR_MAX_PARAM_LENGTH: ['not_found', 'There is nothing with this id.'],
}

/** A URL the router cannot decode, before any hook has run. */
export function refuseUrl(error: FastifyError, _request: FastifyRequest, reply: FastifyReply) {
  const { status, body } = asAppError(error) ?? new AppError('invalid_request', 'The address is not well formed.')
  void reply.code(status).header('cache-control', 'no-store').type('application/json; charset=utf-8').send(body)
}

/** Two readers of a request with two Hosts may see two requests: what HTTP/1.1 refuses, we refuse. */
export function refusedHost({ httpVersion, rawHeaders }: IncomingMessage): AppError | undefined {
  const hosts = rawHeaders.filter((text, i) => i % 2 === 0 && text.length === 4 && text.toLowerCase() === 'host').length
  if (hosts === 1 || (hosts === 0 && httpVersion !== '1.1')) return undefined
  return new AppError('invalid_request', 'Send exactly one Host header.')
}

/** What is not even HTTP: answered by hand on the socket, still in our shape, then closed. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Socket) {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.destroyed) return void socket.destroy()
  const known: Record<string, ErrorCode> = {
    HPE_HEADER_OVERFLOW: 'headers_too_large',
    ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  }
  const { status, body } = new AppError(known[error.code ?? ''] ?? 'invalid_request', 'The request could not be read.')
  const json = JSON.stringify(body)
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(json)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${json}`,
  )
}
