import { recordCallEvent, reportMyCall } from '@clinicacrm/contract/calls.ts'
import { livePath } from '@clinicacrm/contract/desk.ts'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { AppError } from '../app-error.ts'
import type { Events } from '../events.ts'

/** As many as are answered within a quarter of a second; who comes on top of them would only make all of them late. */
const maxInFlight = 1_200
/** The loop is this late only when something else goes wrong: a stall, a machine that is busy elsewhere. */
const maxLoopDelayMs = 500

const tellsOfCalls = (url: string | undefined) =>
  url === recordCallEvent.path || url === reportMyCall.path || url?.startsWith('/api/telephony/events/')

/** When it is too much, a quick 503 helps a caller more than a slow answer. */
export async function shedLoad(fastify: FastifyInstance, events: Events): Promise<void> {
  // Made once: what turns callers away must cost less than letting them in.
  const busy = new AppError('unavailable', 'The server is busy. Try again in a second.')
  const body = JSON.stringify(busy.body)
  const turnAway = (reply: FastifyReply, why: string) => {
    events.requestShed(why)
    void reply.code(busy.status).header('retry-after', '1').type('application/json; charset=utf-8').send(body)
  }
  let inFlight = 0

  fastify.addHook('onRequest', (request, reply, next) => {
    // A stream is open all day and waits most of it: it stands in nobody's way.
    if (request.routeOptions.url !== livePath) {
      inFlight++
      // Also for a caller who hangs up before the answer.
      reply.raw.once('close', () => inFlight--)
    }
    if (inFlight > maxInFlight) turnAway(reply, 'in_flight')
    else next()
  })
  await fastify.register(underPressure, {
    maxEventLoopDelay: maxLoopDelayMs,
    sampleInterval: 250,
    // A page or a script that fails is an empty window, and few platforms tell twice that a phone rings; who only asks
    // can ask again.
    pressureHandler: ({ routeOptions: { url } }, reply, type) =>
      url?.startsWith('/api/') === false || tellsOfCalls(url) ? undefined : turnAway(reply, type),
  })
}
