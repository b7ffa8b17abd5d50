import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Administrator, openAdministrator } from '../testing/administrator.ts'
import { type Block, blocksIn, runInShell } from '../testing/readme-blocks.ts'
import { connectors } from './index.ts'

/*
 * Platforms that nothing of ours runs at. What their pages say of the platform nobody has tried; what they say of the CRM
 * is tried here, block by block.
 */

const { url, key } = inject('crm')
const untested = await Promise.all(
  connectors
    .filter(({ isUntested }) => isUntested)
    .map(async ({ name, title }) => {
      const page = await readFile(path.join(import.meta.dirname, name, 'README.md'), 'utf8')
      return { name, title, page, blocks: blocksIn(page) }
    }),
)

let agent: Administrator
beforeAll(async () => {
  agent = await openAdministrator('agent')
})

const textsIn = (blocks: Block[], wanted: string) =>
  blocks.filter(({ language }) => language === wanted).map(({ text }) => text)

/** Each of these shows what the one before it answers. */
const answered = (blocks: Block[]) =>
  blocks.flatMap(({ language, text }, i) =>
    language === 'bash' ? [{ asks: text, answers: blocks[i + 1]?.language === 'json' ? blocks[i + 1]!.text : '' }] : [],
  )

describe.each(untested)('$name', ({ name, title, page, blocks }) => {
  test('says so first, and what is to be verified', () => {
    expect(page).toMatch(new RegExp(`^# ${title}\n\n\\*\\*Nothing on this page was tried with ${title}\\.\\*\\*`))
    expect(page).toContain('## Not verified')
  })

  test('has blocks that are tried here, and no others', () => {
    expect(textsIn(blocks, 'text')).toHaveLength(1)
    expect(answered(blocks).every(({ answers }) => answers !== '')).toBe(true)
    expect(blocks).toHaveLength(1 + 2 * answered(blocks).length)
  })

  const [shown] = textsIn(blocks, 'text')
  const leadsTo = async (phone?: string) => {
    const address = new URL(shown!.trim())
    expect([address.origin, address.pathname]).toEqual(['https://crm.example', '/pop'])
    expect(address.searchParams.get('provider')).toBe(name)
    if (phone !== undefined) address.searchParams.set('phone', phone)
    return (await agent.open(address.pathname + address.search)).headers.get('location')
  }

  test('opens the case of a known caller, and asks for all others', async () => {
    for (const phone of ['+393332224444', '3332224444', '393332224444']) expect(await leadsTo(phone)).toBe('it/cases/9')
    expect(await leadsTo('0622224444')).toMatch(/^it\/pop\?/)
    expect(await leadsTo('391234567890')).toMatch(/^it\/cases\/new\?phone=%2B391234567890/)
    for (const nobody of ['anonymous', '']) expect(await leadsTo(nobody)).toMatch(/^it\/pop\?/)
  })

  test('takes what was left unfilled for nothing', async () => {
    expect(await leadsTo()).toMatch(/^it\/pop\?/)
  })

  test.each(answered(blocks))('is answered as shown: $asks', async ({ asks, answers }) => {
    const said = await runInShell(asks, { URL: url, KEY: key })
    expect(JSON.parse(said)).toMatchObject(JSON.parse(answers) as object)
  })
})

test('there are such platforms', () => {
  expect(untested.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['nice-cxone', 'talkdesk', 'ringcx', 'zoom-contact-center', 'webex', 'wildix', 'nethvoice']),
  )
})
