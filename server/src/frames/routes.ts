import type { FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'
import type { Config, Locale } from '../config.ts'
import type { Person } from '../http/caller.ts'
import { canSignInToFrames, embedPath } from '../http/frame.ts'
import type { App } from '../http/serve.ts'
import { locales, type Preload, type ShowPage } from '../http/web-app.ts'
import { frameFor, softphoneFor } from '../telephony/telephony.ts'

type House = {
  config: Pick<Config, 'defaultLocale' | 'publicUrl'>
  showPage: ShowPage
  /** Who has a session of their own in this frame. */
  personFor(request: FastifyRequest): Promise<Person | null>
  /** What a page in a frame carries: nothing of anybody, until somebody is signed in there. */
  preloadFramed(person: Person | null): Promise<object>
  /** What a page of ours carries. */
  preload: Preload
}

/** Surface C: the panel that platforms show in a frame. */
export function frameRoutes(app: App, { config, showPage, personFor, preload, preloadFramed }: House): void {
  app.declared.set(embedPath, [{ method: 'GET', needs: 'public' }])
  app.fastify.get(embedPath, async (request, reply) => {
    const { connector } = request.params as { connector: string }
    const frame = await frameFor(app.db, connector)
    if (!frame) throw new AppError('not_found', 'There is no connector of this name.')
    const person = await personFor(request)
    const locale = person?.locale ?? wishOf(request) ?? config.defaultLocale
    const settings = person ? frame.settings : {}
    const about = { connector, title: frame.title, settings, can_sign_in: canSignInToFrames(config) }
    const preloading = async () => ({ ...(await preloadFramed(person)), frame: about })
    return showPage(request, reply, { locale, preloading, framedBy: frame.origins })
  })
  for (const locale of locales) phoneRoute(app, { preload, showPage, personFor }, locale)
}

/** A window of ours with a platform's telephone in it: the one page that shows another site in a frame. */
function phoneRoute(app: App, house: Pick<House, 'preload' | 'showPage' | 'personFor'>, locale: Locale): void {
  const url = `/${locale}/phone/:connector`
  app.declared.set(url, [{ method: 'GET', needs: 'public' }])
  app.fastify.get(url, async (request, reply) => {
    const { connector } = request.params as { connector: string }
    const phone = await softphoneFor(app.db, connector)
    if (!phone) throw new AppError('not_found', 'There is no telephone of this name.')
    const person = await house.personFor(request)
    const isSetUp = phone.sources.frames.length > 0
    const about = { connector, title: phone.title, settings: person ? phone.settings : {}, is_set_up: isSetUp }
    const preloading = async (path: string) => ({ ...(await house.preload(request, path)), phone: about })
    return house.showPage(request, reply, { locale, preloading, telephone: phone.sources })
  })
}

/** The first language of ours that the browser asks for: the address of the panel is set once for everybody. */
function wishOf({ headers }: FastifyRequest): Locale | undefined {
  const wishes = (headers['accept-language'] ?? '').toLowerCase().split(',')
  return wishes.flatMap((wish) => locales.filter((locale) => wish.trim().startsWith(locale)))[0]
}
