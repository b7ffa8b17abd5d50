import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'

/** What the browser keeps of an endpoint: how to call it. The rest of it is types. */
const kept = ['name', 'method', 'path', 'idempotent'] as const

/**
 * The contract's files that build Zod schemas are run here, at build time, and only their endpoints and plain data reach
 * the bundle: Zod and the documentation weigh more than React, and the server checks every input anyway. A file
 * without Zod goes through as it is. Importing the value of a schema or of a function beside it fails the build.
 */
export function contractWithoutSchemas(): Plugin {
  return {
    name: 'contract-without-schemas',
    enforce: 'pre',
    async load(id) {
      if (!/\/contract\/src\/[\w-]+\.ts$/.test(id)) return null
      if (!/from 'zod'|from '\.\/endpoint\.ts'/.test(await readFile(id, 'utf8'))) return null
      const exports = (await import(pathToFileURL(id).href)) as Record<string, unknown>
      const lines = Object.entries(exports).flatMap(([name, value]) => {
        const plain = plainOf(value)
        return plain === undefined ? [] : [`export const ${name} = ${JSON.stringify(plain)}`]
      })
      return { code: lines.join('\n'), map: null, moduleType: 'js', moduleSideEffects: false }
    },
  }
}

function plainOf(value: unknown): unknown {
  if (isEndpoint(value)) return Object.fromEntries(kept.flatMap((key) => (key in value ? [[key, value[key]]] : [])))
  return isPlain(value) ? value : undefined
}

function isEndpoint(value: unknown): value is Record<string, unknown> {
  return isObject(value) && 'method' in value && 'path' in value && 'reply' in value
}

function isPlain(value: unknown): boolean {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true
  if (Array.isArray(value)) return value.every(isPlain)
  return isObject(value) && Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain)
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
