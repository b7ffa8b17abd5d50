import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'
import type { Config, Locale } from '../config.ts'
import type { Person } from '../http/caller.ts'
import { canSignInToFrames, embedPath } from '../http/frame.ts'
import type { App } from '../http/serve.ts'
import { locales, type Preload, type ShowPage } from '../http/web-app.ts'
import { frameFor } from '../telephony/telephony.ts'

type House = {
  config: Pick<Config, 'defaultLocale' | 'publicUrl'>
  showPage: ShowPage
  /** Who has a session of their own in this frame. */
  personFor(request: FastifyRequest): Promise<Person | null>
  /** What every page carries. */
  preload: Preload
  /** What a page in a frame carries: nothing of anybody, until somebody is signed in there. */
  preloadFramed(person: Person | null): Promise<object>
}

/** Surface C: the panel that platforms show in a frame, and the window by which a person signs in to it. */
export function frameRoutes(app: App, { config, showPage, personFor, preload, preloadFramed }: House): void {
  page(app, embedPath, async (request, reply) => {
    const { connector } = request.params as { connector: string }
    const frame = await frameFor(app.db, connector)
    if (!frame) throw new AppError('not_found', 'There is no connector of this name.')
    const person = await personFor(request)
    const locale = person?.locale ?? wishOf(request) ?? config.defaultLocale
    const about = { connector, title: frame.title, can_sign_in: canSignInToFrames(config) }
    const preloading = async () => ({ ...(await preloadFramed(person)), frame: about })
    return showPage(request, reply, { locale, preloading, framedBy: frame.origins })
  })
  for (const locale of locales) {
    page(app, `/${locale}/embed-sign-in`, (request, reply) =>
      showPage(request, reply, { locale, preloading: (path) => preload(request, path), keepsOpener: true }),
    )
  }
}

function page(app: App, url: string, show: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) {
  app.declared.set(url, [{ method: 'GET', needs: 'public' }])
  app.fastify.get(url, show)
}

/** The first language of ours that the browser asks for: the address of the panel is set once for everybody. */
function wishOf({ headers }: FastifyRequest): Locale | undefined {
  const wishes = (headers['accept-language'] ?? '').toLowerCase().split(',')
  return wishes.flatMap((wish) => locales.filter((locale) => wish.trim().startsWith(locale)))[0]
}
