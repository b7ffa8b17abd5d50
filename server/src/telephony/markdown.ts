import { posix } from 'node:path'
import { Marked, type Tokens } from 'marked'
import { escaped } from '../http/docs.ts'

/** The link to a file of the source and a `#part` of it, from the page that is being written; null: it is shown nowhere. */
export type Shown = (file: string, part: string) => string | null

/**
 * One of our own files, as HTML that holds no script, no style and no frame: HTML in the text is shown as text. Links to
 * other files lead to their pages, or name the file. `file` is its path in the source, `docs/connectors.md`.
 */
export function htmlOf(markdown: string, file: string, shownAt: Shown): string {
  const slugs = new Map<string, number>()
  const marked = new Marked({ gfm: true })
  marked.use({
    renderer: {
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escaped(text),
      image: ({ text }) => escaped(text),
      code: ({ text }) => `<pre tabindex="0"><code>${escaped(text)}\n</code></pre>\n`,
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${escaped(slugOf(text, slugs))}">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens)
        const to = addressOf(href, file, shownAt)
        if (to !== null)
          return `<a href="${escaped(to)}"${to.startsWith('https:') ? ' rel="noreferrer"' : ''}>${words}</a>`
        return `${words} (<code>${escaped(fileOf(href, file))}</code>)`
      },
      table({ header, rows }) {
        const row = (cells: string[]) => `<tr>${cells.join('')}</tr>\n`
        const cell = (name: string) => (one: Tokens.TableCell) =>
          `<${name}>${this.parser.parseInline(one.tokens)}</${name}>`
        const head = row(header.map((one) => cell(one.text === '' ? 'td' : 'th')(one)))
        const body = rows.map((cells) => row(cells.map(cell('td')))).join('')
        return `<div class="wide" tabindex="0"><table>\n<thead>\n${head}</thead>\n<tbody>\n${body}</tbody>\n</table></div>\n`
      },
    },
  })
  return marked.parse(markdown, { async: false })
}

/** The first heading, as text. */
export function titleOf(markdown: string): string {
  return /^# (.+)$/m.exec(markdown)?.[1]?.trim() ?? ''
}

/** As GitHub names a heading, so that a link holds in both places. */
export function slugOf(heading: string, taken: Map<string, number>): string {
  const words = heading.toLowerCase().replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  const slug = words
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')
  const times = taken.get(slug) ?? 0
  taken.set(slug, times + 1)
  return times === 0 ? slug : `${slug}-${times}`
}

function addressOf(href: string, file: string, shownAt: Shown): string | null {
  if (/^(https:\/\/|#)/.test(href)) return href
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return null
  return shownAt(fileOf(href, file), /#.*$/.exec(href)?.[0] ?? '')
}

const fileOf = (href: string, file: string) => posix.join(posix.dirname(file), href.replace(/#.*$/, ''))
