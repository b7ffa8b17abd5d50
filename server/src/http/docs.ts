import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import type { Config } from '../config.ts'
import { openapiDocument } from './openapi.ts'
import { ofPages } from './secure-headers.ts'
import type { App } from './serve.ts'
import { version } from './version.ts'

const ours = fileURLToPath(new URL('docs/', import.meta.url))
const manifest = fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json'))

/** The API, described for programs at /api/openapi.json and for people at /api/docs. Open to everybody. */
export async function docsRoutes(app: App, { publicUrl }: Pick<Config, 'publicUrl'>): Promise<void> {
  await app.fastify.register(fastifyStatic, { root: ours, serve: false, cacheControl: false })
  const swagger = {
    folder: dirname(manifest),
    version: (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version,
  }

  const description = lazily(() => JSON.stringify(openapiDocument({ publicUrl })))
  show(app, '/api/openapi.json', (reply) => reply.type('application/json; charset=utf-8').send(description()))

  const page = lazily(() => filled('docs.html', { publicUrl, version, swaggerVersion: swagger.version }))
  show(app, '/api/docs', (reply) => reply.type('text/html; charset=utf-8').send(page()))
  // Relative, as are the links of the page: a proxy may serve all this under a path of its own.
  show(app, '/api/docs/', (reply) => reply.redirect('../docs', 308))

  for (const file of ['docs.css', 'status.css', 'endpoints.css', 'reading.css', 'docs.js', 'mark.svg']) {
    show(app, `/api/docs/${file}`, (reply) => reply.sendFile(file))
  }
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    show(app, `/api/docs/swagger-ui-${swagger.version}/${file}`, (reply) =>
      reply.sendFile(file, swagger.folder, { cacheControl: true, maxAge: '1y', immutable: true }),
    )
  }
}

/** A page to read, in the dress of /api/docs. `home` leads to the folder `docs/` from where the page is. */
export function readingPage(page: { home: string; title: string; trail: string; body: string }): string {
  const { body, trail, ...texts } = page
  // What is HTML already goes in last: nothing that it holds is taken for a gap to fill.
  return filled('reading.html', texts)
    .replace('<!-- trail -->', () => trail)
    .replace('<!-- body -->', () => body)
}

/** Open to everybody, and shown to browsers under the rules for pages. */
export function show(app: App, url: string, send: (reply: FastifyReply, params: unknown) => FastifyReply): void {
  app.declared.set(url, [{ method: 'GET', needs: 'public' }])
  app.fastify.get(url, ({ params }, reply) => send(reply.headers(ofPages), params))
}

/** Made when somebody first asks, so that starting stays quick, then kept. */
export function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

function filled(file: string, values: Record<string, string>) {
  return readFileSync(join(ours, file), 'utf8').replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) =>
    escaped(values[name]!),
  )
}

export const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
