import { glob, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseSync, Visitor } from 'vite'
import { texts as enBoards } from './src/locales/en-boards.ts'
import { texts as enSettings } from './src/locales/en-settings.ts'
import { texts as enEmbed } from './src/locales/en-embed.ts'
import { texts as enMost } from './src/locales/en.ts'
import { texts as esBoards } from './src/locales/es-boards.ts'
import { texts as esSettings } from './src/locales/es-settings.ts'
import { texts as esEmbed } from './src/locales/es-embed.ts'
import { texts as esMost } from './src/locales/es.ts'
import { texts as itBoards } from './src/locales/it-boards.ts'
import { texts as itSettings } from './src/locales/it-settings.ts'
import { texts as itEmbed } from './src/locales/it-embed.ts'
import { texts as itMost } from './src/locales/it.ts'

/** `it` is the reference. */
type Texts = { it: object; en: object; es: object }
type Locale = keyof Texts
type Source = { name: string; text: string }
/** By key, as `t` knows it. */
type Flat = Map<string, string>

/** Everything that is wrong with the texts, and with how the code uses them, one sentence each. */
export function problemsOf(texts: Texts, code: Source[]): string[] {
  const flat = { it: flatten(texts.it), en: flatten(texts.en), es: flatten(texts.es) }
  const used = usesIn(code)
  return [
    ...wrongTexts(flat),
    ...(['en', 'es'] as const).flatMap((locale) => unlike(flat.it, flat[locale], locale)),
    ...wrongUses(flat.it, used),
  ]
}

function flatten(texts: object, path = ''): Flat {
  return new Map(
    Object.entries(texts).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null
        ? [...flatten(value, `${path}${name}.`)]
        : [[path + name, String(value)]],
    ),
  )
}

function wrongTexts(flat: Record<Locale, Flat>) {
  return Object.entries(flat).flatMap(([locale, texts]) => [
    ...[...texts]
      .filter(([, text]) => text.trim() === '' || text !== text.trim())
      .map(([key]) => `${locale}: ${key} is blank, or begins or ends with a space`),
    ...[...pluralsIn(texts)].flatMap((base) => wrongForms(texts, base, locale)),
  ])
}

/** Keys with a form for one and one for others: what i18next counts with. */
const pluralsIn = (texts: Flat) =>
  new Set(
    [...texts.keys()].flatMap((key) =>
      key.endsWith('_other') && texts.has(key.replace(/other$/, 'one')) ? [key.slice(0, -6)] : [],
    ),
  )

function wrongForms(texts: Flat, base: string, locale: string) {
  const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
  const there = ['zero', 'one', 'two', 'few', 'many', 'other'].filter((form) => texts.has(`${base}_${form}`))
  return there.toSorted().join() === needed.toSorted().join()
    ? []
    : [`${locale}: ${base} needs the forms ${needed.join(', ')} and has ${there.join(', ')}`]
}

function unlike(reference: Flat, texts: Flat, locale: string) {
  const [wanted, there] = [byBase(reference), byBase(texts)]
  return [
    ...[...wanted.keys()].filter((key) => !there.has(key)).map((key) => `${locale}: ${key} is missing`),
    ...[...there.keys()].filter((key) => !wanted.has(key)).map((key) => `it: ${key} is missing, ${locale} has it`),
    ...[...wanted].flatMap(([key, forms]) => {
      const [ours, theirs] = [forms, there.get(key) ?? forms].map((each) => placeholdersIn(each))
      return ours === theirs
        ? []
        : [`${locale}: ${key} has ${theirs || 'no placeholder'} where it has ${ours || 'none'}`]
    }),
  ]
}

/** The forms of a plural are one text. */
function byBase(texts: Flat): Map<string, string[]> {
  const plurals = pluralsIn(texts)
  const bases = new Map<string, string[]>()
  for (const [key, text] of texts) {
    const base = key.replace(/_(zero|one|two|few|many|other)$/, '')
    const name = plurals.has(base) ? base : key
    bases.set(name, [...(bases.get(name) ?? []), text])
  }
  return bases
}

const placeholdersIn = (forms: string[]) =>
  [...new Set(forms.flatMap((text) => text.match(/\{\{[^}]*\}\}/g) ?? []))].toSorted().join(', ')

type Uses = { asked: { key: string; where: string }[]; literals: Set<string>; patterns: RegExp[] }

function wrongUses(reference: Flat, { asked, literals, patterns }: Uses) {
  const bases = byBase(reference)
  const isUsed = (key: string) => literals.has(key) || patterns.some((pattern) => pattern.test(key))
  return [
    ...asked.filter(({ key }) => !bases.has(key)).map(({ key, where }) => `${where}: t('${key}') has no text`),
    ...[...bases.keys()].filter((key) => !isUsed(key)).map((key) => `it: ${key} is never used`),
  ]
}

/** A key may be written out, also far from its `t`, or put together in a template: `cases.due.${name}`. */
function usesIn(code: Source[]): Uses {
  const uses: Uses = { asked: [], literals: new Set(), patterns: [] }
  for (const { name, text } of code) {
    new Visitor({
      CallExpression({ callee, arguments: [first] }) {
        if (callee.type !== 'Identifier' || callee.name !== 't' || first?.type !== 'Literal') return
        uses.asked.push({ key: String(first.value), where: name })
      },
      Literal({ value }) {
        if (typeof value === 'string') uses.literals.add(value)
      },
      TemplateLiteral({ quasis }) {
        const parts = quasis.map(({ value }) => value.raw.replaceAll('.', String.raw`\.`))
        if (/^[a-z_]+\\\./.test(parts[0] ?? '')) uses.patterns.push(new RegExp(`^${parts.join('.+')}$`))
      },
    }).visit(parseSync(name, text).program)
  }
  return uses
}

const it = { ...itMost, ...itSettings, ...itEmbed, ...itBoards }
const en = { ...enMost, ...enSettings, ...enEmbed, ...enBoards }
const es = { ...esMost, ...esSettings, ...esEmbed, ...esBoards }

const folder = join(import.meta.dirname, 'src')

async function sources(): Promise<Source[]> {
  const files = await Array.fromAsync(glob('**/*.{ts,tsx}', { cwd: folder, exclude: ['**/*.test.ts', 'locales/**'] }))
  return Promise.all(files.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })))
}

/** A file that its language's list forgot is as good as not there. */
async function unregistered() {
  const files = await Array.fromAsync(glob('locales/*/*.json', { cwd: folder }))
  const known: Record<string, object> = { it, en, es }
  return files
    .filter((file) => !(basename(file, '.json') in (known[file.split('/')[1]!] ?? {})))
    .map((file) => `${file} is in no list: add it to locales/${file.split('/')[1]}.ts`)
}

// Below everything it needs.
if (import.meta.main) {
  const problems = [...(await unregistered()), ...problemsOf({ it, en, es }, await sources())]
  for (const problem of problems) process.stdout.write(`${problem}\n`)
  if (problems.length) process.exitCode = 1
}
