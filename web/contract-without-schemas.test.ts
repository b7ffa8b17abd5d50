import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { contractWithoutSchemas } from './contract-without-schemas.ts'

type Load = (id: string) => Promise<{ code: string } | null>
const load = contractWithoutSchemas().load as unknown as Load
const inContract = (name: string) => fileURLToPath(new URL(`../contract/src/${name}`, import.meta.url))

/** What a page would import. */
async function built(name: string): Promise<Record<string, unknown>> {
  const { code } = (await load(inContract(name)))!
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as Record<string, unknown>
}

test('an endpoint keeps what is needed to call it, and nothing that needs Zod', async () => {
  const cases = await built('cases.ts')
  expect(cases.createCase).toEqual({ name: 'createCase', method: 'POST', path: '/api/cases', idempotent: true })
  expect(cases.getCase).toEqual({ name: 'getCase', method: 'GET', path: '/api/cases/:id' })
})

test('lists stay, schemas go', async () => {
  const cases = await built('cases.ts')
  expect(cases.channels).toContain('WHATSAPP')
  expect(Object.keys(cases)).not.toEqual(expect.arrayContaining(['caseFields']))
  expect((await load(inContract('cases.ts')))!.code).not.toMatch(/import|zod/)
})

test.each(['lifecycle.ts', 'errors.ts'])('%s has no schemas and stays as it is written', async (name) => {
  expect(await load(inContract(name))).toBeNull()
})

test('files from elsewhere are left alone', async () => {
  expect(await load(fileURLToPath(import.meta.url))).toBeNull()
})
