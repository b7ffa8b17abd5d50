import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { basename, extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Connector, SetupFile } from '@clinicacrm/connectors/connector.ts'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { AppError } from '../app-error.ts'
import type { Config } from '../config.ts'
import type { Settings } from './settings.ts'

type Made = { body: string | Buffer; contentType: string }
type Values = Record<string, string>

const types: Record<string, string> = {
  '.json': 'application/json; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.cjs': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.zip': 'application/zip',
}

/** One of a connector's files with this installation's address and settings filled in. No secret is ever in one. */
export async function setupFile(
  connector: Connector,
  { config, settings }: { config: Pick<Config, 'publicUrl' | 'defaultCountry'>; settings: Settings },
  name: string,
): Promise<Made> {
  const wanted = connector.files.find(({ file }) => file === name)
  if (!wanted) throw new AppError('not_found', 'This connector has no file of this name.')
  const values: Values = {
    crm_url: config.publicUrl,
    crm_host: new URL(config.publicUrl).host,
    default_country: config.defaultCountry,
    ...connector.values(settings),
  }
  const contentType = types[extname(name)] ?? 'text/plain; charset=utf-8'
  return { body: await made(connector.name, wanted, values), contentType }
}

async function made(connector: string, wanted: SetupFile, given: Values): Promise<string | Buffer> {
  const { file, templates, inlined = {} } = wanted
  const values = { ...given }
  for (const [name, from] of Object.entries(inlined))
    values[name] = filled(await template(connector, from), given, { as: asCode(from), from })
  if (extname(file) !== '.zip')
    return filled(await template(connector, templates[0]!), values, { as: file, from: templates[0]! })
  const entries: Zippable = {}
  for (const from of templates)
    entries[from] = strToU8(filled(await template(connector, from), values, { as: from, from }))
  // The same file each time it is asked for, as long as nothing changed.
  return Buffer.from(zipSync(entries, { mtime: new Date(2026, 0, 1) }))
}

const asCode = (from: string) => from.replace(/\.ts$/, '.cjs')

const template = (connector: string, name: string) =>
  readFile(fileURLToPath(import.meta.resolve(`@clinicacrm/connectors/${connector}/setup/${name}`)), 'utf8')

const scripts = ['.js', '.cjs', '.mjs']

/** A name nobody gave a value stays as it is: it belongs to the platform. */
function filled(text: string, values: Values, { as, from }: { as: string; from: string }): string {
  const escaped = escapeFor(extname(as))
  const full = text.replaceAll(/__([a-z][a-z0-9]*(?:_[a-z0-9]+)*)__/g, (found, name: string) =>
    name in values ? escaped(values[name]!) : found,
  )
  const losesTypes = extname(from) === '.ts' && scripts.includes(extname(as))
  return losesTypes ? withoutBlanks(stripTypeScriptTypes(full)) : full
}

/** Where types were, lines of blanks stay. */
const withoutBlanks = (code: string) => code.replaceAll(/[ \t]+$/gm, '').replaceAll(/\n{3,}/g, '\n\n')

/** What is filled in stands inside quotes, wherever there are any. */
function escapeFor(extension: string): (text: string) => string {
  if (extension === '.xml')
    return (text) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
  if (['.json', '.yaml', '.yml', '.ts', ...scripts].includes(extension))
    return (text) =>
      JSON.stringify(text)
        .slice(1, -1)
        .replaceAll("'", String.raw`\u0027`)
  return (text) => text.replaceAll(/[\r\n]/g, ' ')
}

export const fileNameOf = (file: string): string => basename(file).replaceAll(/[^\w.-]/g, '-')
