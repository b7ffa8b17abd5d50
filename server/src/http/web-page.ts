import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locale } from '../config.ts'

type Shown = {
  locale: Locale
  /** As asked for, with the locale in front: `/it/cases/9`. */
  path: string
  nonce: string
  preloaded: object | null
  scheme: string
}

/** What the first page of a visit needs besides the entry itself, so that the browser fetches it all at once; `*` is the locale. */
const modules: [RegExp, string][] = [
  [/^/, 'src/locales/*.ts'],
  [/^\/..\/(settings|sign-in|set-up|invitation|forgot-password|reset-password)/, 'src/locales/*-settings.ts'],
  [/^\/(embed\/|..\/(embed-sign-in|phone\/))/, 'src/locales/*-embed.ts'],
  [/^\/embed\//, 'src/desk/embed-page.tsx'],
  [/^\/..\/phone\//, 'src/desk/phone-page.tsx'],
  [/^\/..\/?$/, 'src/desk/desk-page.tsx'],
  [/^\/..\/cases$/, 'src/cases/cases-page.tsx'],
  [/^\/..\/cases\/\d+$/, 'src/case-page/case-page.tsx'],
  [/^\/..\/patients\/\d+$/, 'src/patients/patient-page.tsx'],
  [/^\/..\/sign-in$/, 'src/sign-in/sign-in-page.tsx'],
]

/** Makes pages from the built `index.html`, which is read again only after a new build. */
export function createPage(folder: string, basePath: string) {
  const file = join(folder, 'index.html')
  let kept = { builtAt: 0, html: '', manifest: {} as Manifest }

  return async ({ locale, path, nonce, preloaded, scheme }: Shown): Promise<string> => {
    const builtAt = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    )
    if (!builtAt) return notBuilt
    if (builtAt !== kept.builtAt)
      kept = { builtAt, html: await readFile(file, 'utf8'), manifest: await readManifest(folder) }
    const data = preloaded && { ...preloaded, csp_nonce: nonce, base_path: basePath }
    // A "</script>" in somebody's name must stay a name.
    const json = JSON.stringify(data).replaceAll('<', '\\u003c')
    const early = earlyLinks(kept.manifest, locale, path).filter((link) => !kept.html.includes(hrefIn(link)))
    return kept.html
      .replace('</head>', () => `${early.join('')}</head>`)
      .replaceAll('"./assets/', () => `"${basePath}/assets/`)
      .replace('lang="it"', `lang="${locale}"`)
      .replace('data-mantine-color-scheme="auto"', `data-mantine-color-scheme="${scheme}"`)
      .replace(/(<script type="application\/json" id="preloaded">)[^<]*/, (_, tag: string) => tag + json)
  }
}

/** Vite's: what each source file became, and what that needs. */
type Manifest = Record<string, { file: string; imports?: string[]; css?: string[] }>

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '{}')) as Manifest
}

function earlyLinks(manifest: Manifest, locale: Locale, path: string): string[] {
  const sources = modules.filter(([pattern]) => pattern.test(path)).map(([, source]) => source.replace('*', locale))
  const files = new Set(sources.flatMap((source) => [...withImports(manifest, source)]))
  const font = Object.keys(manifest).find((source) => source.endsWith('inter-latin-wght-normal.woff2'))
  return [
    ...(font ? [`<link rel="preload" as="font" type="font/woff2" crossorigin href="./${manifest[font]!.file}">`] : []),
    ...[...files].map((source) => `<link rel="modulepreload" crossorigin href="./${manifest[source]!.file}">`),
    ...[...new Set([...files].flatMap((source) => manifest[source]!.css ?? []))].map(
      (css) => `<link rel="stylesheet" crossorigin href="./${css}">`,
    ),
  ]
}

function withImports(manifest: Manifest, source: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[source]
  if (!chunk || found.has(source)) return found
  found.add(source)
  for (const imported of chunk.imports ?? []) withImports(manifest, imported, found)
  return found
}

const hrefIn = (link: string) => /href="[^"]*"/.exec(link)![0]

const notBuilt = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>ClínicaCRM</title></head>
  <body>
    <h1>The web app is not built yet</h1>
    <p>Run <code>npm run build</code> in the folder of ClínicaCRM, then reload this page. No restart is needed.</p>
    <p>The API works without it and is described at <a href="/api/docs">/api/docs</a>.</p>
  </body>
</html>
`
