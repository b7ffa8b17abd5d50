import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AppError } from '../app-error.ts'
import { escaped, lazily, readingPage, show } from '../http/docs.ts'
import type { App } from '../http/serve.ts'
import { htmlOf, titleOf } from './markdown.ts'

const source = new URL('../../../', import.meta.url)
const folders = new URL('.', import.meta.resolve('@clinicacrm/connectors/index.ts'))

/** What is read beside the connectors' own pages: file in the source → address below /api/docs/. */
const documents = { 'docs/connectors.md': 'connectors', 'client/README.md': 'client' } as const

/** The index of platforms, each connector's README below it, and the client for whoever connects something else. */
export function connectorPages(app: App): void {
  const names = lazily(namesOfPages)
  for (const [file, address] of Object.entries(documents)) {
    const trail: Trail = [['../docs', 'API']]
    const shown = lazily(() => page({ file, url: new URL(file, source), home: '', trail }, names()))
    show(app, `/api/docs/${address}`, (reply) => reply.type('text/html; charset=utf-8').send(shown()))
    show(app, `/api/docs/${address}/`, (reply) => reply.redirect(`../${address}`, 308))
  }

  const pages = new Map<string, string>()
  show(app, '/api/docs/connectors/:name', (reply, params) => {
    const { name } = params as { name: string }
    if (!names().includes(name)) throw new AppError('not_found', 'There is no page of this platform.')
    const kept = pages.get(name) ?? connectorPage(name, names())
    pages.set(name, kept)
    return reply.type('text/html; charset=utf-8').send(kept)
  })
}

/** Every folder beside the connectors that has a page, platforms that are only described among them. */
export function namesOfPages(): string[] {
  const entries = readdirSync(fileURLToPath(folders), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return entries.map(({ name }) => name).filter((name) => readdirSync(new URL(name, folders)).includes('README.md'))
}

type Trail = [link: string, text: string][]
/** `home` leads from the page to /api/docs/. */
type Page = { file: string; url: URL; home: string; trail: Trail }

function connectorPage(name: string, names: readonly string[]): string {
  const url = new URL(`${name}/README.md`, folders)
  const trail: Trail = [
    ['../../docs', 'API'],
    ['../connectors', 'Platforms'],
  ]
  return page({ file: `connectors/src/${name}/README.md`, url, home: '../', trail }, names)
}

function page({ file, url, home, trail }: Page, names: readonly string[]): string {
  const markdown = readFileSync(url, 'utf8')
  const title = titleOf(markdown)
  const above = trail.map(([link, text]) => `<li><a href="${link}">${text}</a></li>`)
  const here = `<li aria-current="page">${escaped(title)}</li>`
  const body = htmlOf(markdown, file, (other, part) => shownAt(other, part, home, names))
  return readingPage({ home, title, trail: `<ol>${above.join('')}${here}</ol>`, body })
}

/** Relative, as a proxy may serve all this under a path of its own. */
function shownAt(file: string, part: string, home: string, names: readonly string[]): string | null {
  // The API has a page of its own, with other headings.
  if (file === 'docs/api.md') return `${home}../docs`
  if (file in documents) return `${home}${documents[file as keyof typeof documents]}${part}`
  const [, name] = /^connectors\/src\/([a-z0-9-]+)(?:\/README\.md|\/?)$/.exec(file) ?? []
  return name !== undefined && names.includes(name) ? `${home}connectors/${name}${part}` : null
}
