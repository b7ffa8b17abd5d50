import { type Unzipped, strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Administrator, openAdministrator } from '../testing/administrator.ts'
import { connectors } from './index.ts'

/* What an administrator downloads: filled in, whole, and with nothing in it that would have to be kept secret. */

let admin: Administrator
beforeAll(async () => {
  admin = await openAdministrator()
})

const files = connectors.flatMap(({ name, files: list }) => list.map(({ file }) => ({ name, file })))

/** Each text in a download, by its name. */
async function textsOf(name: string, file: string): Promise<[string, string][]> {
  const bytes = await admin.download(name, file)
  if (!file.endsWith('.zip')) return [[file, bytes.toString('utf8')]]
  const entries: Unzipped = unzipSync(bytes)
  return Object.entries(entries).map(([entry, content]) => [entry, strFromU8(content)])
}

test('there are files for every platform that imports some', () => {
  const names = new Set(files.map(({ name }) => name))
  expect([...names]).toEqual(
    expect.arrayContaining(['genesys-cloud', 'amazon-connect', 'twilio-flex', 'five9', '3cx', 'asterisk']),
  )
})

describe.each(files)('$name: $file', ({ name, file }) => {
  test('holds no key, and nothing left to fill in', async () => {
    const texts = await textsOf(name, file)
    expect(texts.length).toBeGreaterThan(0)
    const { key } = inject('crm')
    for (const [entry, text] of texts) {
      expect(text.length, entry).toBeGreaterThan(0)
      expect(text, entry).not.toContain(key)
      // As our keys, secrets of webhooks and lines begin, and what is sealed.
      expect(text, entry).not.toMatch(/\b(ccrm_(live|test)|whsec)_[\w-]{16,}|sealed:1:/)
      const unfilled = text.match(/__[a-z][a-z0-9_]*[a-z0-9]__/g) ?? []
      expect(
        unfilled.filter((word) => word.includes('crm')),
        entry,
      ).toEqual([])
    }
  })
})

/** A flow names a Lambda or a Function, and a switch its accounts: but something of each platform leads here. */
test.each([...new Set(files.map(({ name }) => name))])('%s is led to this installation', async (name) => {
  const own = files.filter((one) => one.name === name)
  const texts = (await Promise.all(own.map(({ file }) => textsOf(name, file)))).flat().map(([, text]) => text)
  const { url } = inject('crm')
  expect(texts.some((text) => text.includes(url) || text.includes(new URL(url).host))).toBe(true)
})

test('what keys look like is still what the test above looks for', async () => {
  const made = await admin.ask<{ key: string }>('POST', '/api/api-keys', { name: 'Probe', scopes: ['lookup:read'] })
  expect(made.key).toMatch(/\b(ccrm_(live|test)|whsec)_[\w-]{16,}/)
})
