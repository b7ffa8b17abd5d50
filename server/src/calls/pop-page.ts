import type { FastifyRequest } from 'fastify'
import type { Person } from '../http/caller.ts'
import type { App } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { resolve } from './resolve.ts'

type House = {
  config: Work['config']
  personFor(request: FastifyRequest): Promise<Person | null>
}

const asked = ['phone', 'call_id', 'provider', 'case_id', 'patient_id'] as const

/**
 * Surface B: `GET /pop?phone=…`, opened by whatever can open an address, in the agent's own session. Whoever is signed in
 * goes straight on to the case; whoever is not signs in on the app's page of the same name, which then asks the same.
 * Relative, as a proxy may serve all this under a path of its own.
 */
export function popPageRoutes(app: App, house: House): void {
  app.declared.set('/pop', [{ method: 'GET', needs: 'public' }])
  app.fastify.get('/pop', async (request, reply) => {
    const query = textsIn(request.query as Record<string, unknown>)
    const person = await house.personFor(request)
    const locale = person?.locale ?? house.config.defaultLocale
    const page = `${locale}/pop?${new URLSearchParams(query).toString()}`
    if (!person?.permissions.has('cases:read')) return reply.redirect(page, 302)
    const { leads_to, path, notice } = await resolve({ ...house, db: app.db, by: person }, query)
    const isPlain = leads_to !== 'chooser' && leads_to !== 'search' && notice === null
    return reply.redirect(isPlain ? `${locale}${path}` : page, 302)
  })
}

function textsIn(query: Record<string, unknown>): Partial<Record<(typeof asked)[number], string>> {
  return Object.fromEntries(
    asked.flatMap((name) => {
      const value = query[name]
      return typeof value === 'string' && value !== '' ? [[name, value.slice(0, 256)]] : []
    }),
  )
}
