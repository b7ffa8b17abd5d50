import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'
import type { Config, Locale } from '../config.ts'
import type { Events } from '../events.ts'
import { ofPages } from './secure-headers.ts'
import type { App } from './serve.ts'
import { createPage } from './web-page.ts'

/** What a page carries with it, so that its first paint asks for nothing: session, organisation, data. */
export type Preload = (request: FastifyRequest, path: string) => Promise<object>

/** Sends the app's page, in this language, with what it carries. */
export type ShowPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  shown: {
    locale: Locale
    preloading: (path: string) => Promise<object>
    /** Sites that may show it in a frame; our own windows unless said. */
    framedBy?: readonly string[]
    /** Where a telephone in it comes from, which may use the microphone. */
    telephone?: { frames: readonly string[]; scripts: readonly string[] }
  },
) => Promise<FastifyReply>

export const locales: readonly Locale[] = ['it', 'en', 'es']

/** The web app as `npm run build` left it: its hashed files for a year, and its page, made anew for each request. */
export function webAppRoutes(
  app: App,
  {
    config,
    events,
    preload,
    folder = fileURLToPath(new URL('../../../web/dist/', import.meta.url)),
  }: { config: Pick<Config, 'publicUrl' | 'defaultLocale'>; events: Events; preload: Preload; folder?: string },
): ShowPage {
  const basePath = new URL(config.publicUrl).pathname.replace(/\/$/, '')
  const page = createPage(folder, basePath)
  const asset = createAssets(join(folder, 'assets'))

  get(app, '/assets/:name', (request, reply) => asset((request.params as { name: string }).name, request, reply))
  // Relative, as a proxy may serve all this under a path of its own.
  get(app, '/', async (_request, reply) => reply.redirect(`${config.defaultLocale}/`, 302))

  const showPage: ShowPage = async (request, reply, { locale, preloading, framedBy, telephone }) => {
    if (!wantsHtml(request)) throw new AppError('not_found', 'Here is a page for people. The API is at /api/docs.')
    const path = request.url.split('?')[0]!
    const preloaded = await preloading(path).catch((error: Error) => {
      // The page asks again by itself, and can say so if that fails too.
      events.failed(error, 'preload')
      return null
    })
    const nonce = randomBytes(16).toString('base64')
    const html = await page({ locale, path, nonce, preloaded, scheme: schemeOf(request) })
    // It knows no list of sites, and old browsers would believe it all the same.
    if (framedBy) reply.removeHeader('x-frame-options')
    return reply
      .headers(ofApp(nonce, framedBy, telephone))
      .type('text/html; charset=utf-8')
      .send(html)
  }
  for (const locale of locales) {
    const show = (request: FastifyRequest, reply: FastifyReply) =>
      showPage(request, reply, { locale, preloading: (path) => preload(request, path) })
    get(app, `/${locale}`, show)
    get(app, `/${locale}/*`, show)
  }
  return showPage
}

function get(app: App, url: string, handler: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) {
  app.declared.set(url, [{ method: 'GET', needs: 'public' }])
  app.fastify.get(url, handler)
}

/**
 * Platforms open our pages from their desktops. A policy for openers would cut the window that signs in off the panel that
 * opened it, and browsers show no page that has one in a window opened from a sandbox, as some desktops are.
 *
 * Mantine writes the theme's variables into style elements of its own; each carries the nonce of its page.
 */
const ofApp = (
  nonce: string,
  framedBy: readonly string[] = ["'self'"],
  telephone?: { frames: readonly string[]; scripts: readonly string[] },
) => ({
  ...ofPages,
  ...(telephone && { 'permissions-policy': microphoneFor(telephone.frames) }),
  'cross-origin-opener-policy': 'unsafe-none',
  'content-security-policy':
    `default-src 'none';script-src ${["'self'", ...(telephone?.scripts ?? [])].join(' ')};` +
    `style-src 'self' 'nonce-${nonce}';img-src 'self' data: blob:;` +
    (telephone?.frames.length ? `frame-src ${telephone.frames.join(' ')};` : '') +
    "connect-src 'self';font-src 'self';base-uri 'none';form-action 'self';" +
    `frame-ancestors ${framedBy.length > 0 ? framedBy.join(' ') : "'none'"}`,
})

/** A site with a wildcard cannot be named there; its frame asks the person then. */
const microphoneFor = (frames: readonly string[]) =>
  `microphone=(self ${frames
    .filter((origin) => !origin.includes('*'))
    .map((origin) => JSON.stringify(origin))
    .join(' ')})`

const wantsHtml = ({ headers: { accept = '*/*' } }: FastifyRequest) => /text\/html|\*\/\*/.test(accept)

/** The appearance chosen in this browser, so that the first paint already has it. */
function schemeOf({ headers: { cookie = '' } }: FastifyRequest) {
  return /(?:^|; )clinicacrm_scheme=(light|dark)(?:;|$)/.exec(cookie)?.[1] ?? 'auto'
}

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Hashed names never change their content; each file is read once, already compressed by the build. */
function createAssets(folder: string) {
  const kept = new Map<string, Buffer>()

  return async (name: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const type = types[extname(name)]
    if (!type || !/^[\w.-]+$/.test(name)) throw missing()
    const encoding = encodingFor(join(folder, name), request)
    const content = await load(join(folder, name + (encoding ? `.${encoding.suffix}` : '')))
    if (encoding) reply.header('content-encoding', encoding.name)
    return reply
      .headers({ ...ofPages, 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' })
      .type(type)
      .send(content)
  }

  async function load(path: string) {
    const content =
      kept.get(path) ??
      (await readFile(path).catch(() => {
        throw missing()
      }))
    kept.set(path, content)
    return content
  }
}

const missing = () => new AppError('not_found', 'There is no such file; reload the page.')

const encodings = [
  { name: 'br', suffix: 'br' },
  { name: 'gzip', suffix: 'gz' },
]

function encodingFor(path: string, { headers }: FastifyRequest) {
  const accepted = String(headers['accept-encoding'] ?? '')
  return encodings.find(
    ({ name, suffix }) => new RegExp(`\\b${name}\\b`).test(accepted) && existsSync(`${path}.${suffix}`),
  )
}
