import type { FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'
import type { Config, Locale } from '../config.ts'
import type { Person } from '../http/caller.ts'
import { canSignInToFrames, embedPath } from '../http/frame.ts'
import type { App } from '../http/serve.ts'
import { locales, type ShowPage } from '../http/web-app.ts'
import { frameFor } from '../telephony/telephony.ts'

type House = {
  config: Pick<Config, 'defaultLocale' | 'publicUrl'>
  showPage: ShowPage
  /** Who has a session of their own in this frame. */
  personFor(request: FastifyRequest): Promise<Person | null>
  /** What a page in a frame carries: nothing of anybody, until somebody is signed in there. */
  preloadFramed(person: Person | null): Promise<object>
}

/** Surface C: the panel that platforms show in a frame. */
export function frameRoutes(app: App, { config, showPage, personFor, preloadFramed }: House): void {
  app.declared.set(embedPath, [{ method: 'GET', needs: 'public' }])
  app.fastify.get(embedPath, async (request, reply) => {
    const { connector } = request.params as { connector: string }
    const frame = await frameFor(app.db, connector)
    if (!frame) throw new AppError('not_found', 'There is no connector of this name.')
    const person = await personFor(request)
    const locale = person?.locale ?? wishOf(request) ?? config.defaultLocale
    const about = { connector, title: frame.title, can_sign_in: canSignInToFrames(config) }
    const preloading = async () => ({ ...(await preloadFramed(person)), frame: about })
    return showPage(request, reply, { locale, preloading, framedBy: frame.origins })
  })
}

/** The first language of ours that the browser asks for: the address of the panel is set once for everybody. */
function wishOf({ headers }: FastifyRequest): Locale | undefined {
  const wishes = (headers['accept-language'] ?? '').toLowerCase().split(',')
  return wishes.flatMap((wish) => locales.filter((locale) => wish.trim().startsWith(locale)))[0]
}
