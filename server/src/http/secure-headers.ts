import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { refusedHost } from './error-reply.ts'

/** Nothing here may be cached, framed, sniffed or extended by somebody else's script. */
export async function secureHeaders(fastify: FastifyInstance, { publicUrl }: Pick<Config, 'publicUrl'>) {
  await fastify.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        // Swagger UI draws its icons from data: URLs in its own style sheet.
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // A clinic's own network may run without TLS; promising it there would lock people out.
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    frameguard: { action: 'sameorigin' },
  })
  fastify.addHook('onRequest', (request, reply, next) => {
    reply.header('cache-control', 'no-store')
    next(refusedHost(request.raw))
  })
}
