import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { expect, test } from './desk.ts'

const client = new URL('../client/', import.meta.url)
const [example = ''] =
  readFileSync(new URL('README.md', client), 'utf8')
    .split('## In a browser')[1]
    ?.match(/(?<=```js\n)[\s\S]*?(?=```)/) ?? []

/** The client's own files, in a page at the CRM's address, as a bundle would bring them. */
test.beforeEach(async ({ desk }) => {
  const javascript = (body: string) => ({ contentType: 'text/javascript', body })
  await desk.page.route('**/client/*', (route) => {
    const file = new URL(`src/${new URL(route.request().url()).pathname.split('/').at(-1)}`, client)
    return route.fulfill(javascript(stripTypeScriptTypes(readFileSync(file, 'utf8'))))
  })
  await desk.page.route('**/example.js*', (route) =>
    route.fulfill(javascript(example.replace('@clinicacrm/client', './client/client.ts'))),
  )
})

test('the person who is signed in asks, without a key', async ({ desk }) => {
  await desk.open('/api/docs')
  // A busy machine may take longer than the two seconds that a caller waits: then it is asked again.
  let tries = 0
  await expect
    .poll(async () => {
      await desk.page.evaluate((nth) => import(`${location.origin}/example.js?${nth}`), ++tries)
      return desk.page.title()
    })
    .toBe('Antonio Dorato')
})

test.describe('nobody signed in', () => {
  test.use({ role: null })

  test('is told so, and a key is refused in a page', async ({ desk, program }) => {
    await desk.open('/api/docs')
    await desk.page.evaluate(() => import(`${location.origin}/example.js`))
    expect(await desk.page.title()).toBe('error')
    const refusal = await desk.page.evaluate(
      async ({ url, key }) => {
        const { createClient } = await import(`${location.origin}/client/client.ts`)
        try {
          createClient({ url, key })
          return null
        } catch (error) {
          return String(error)
        }
      },
      { url: program.url, key: program.key },
    )
    expect(refusal).toMatch(/^TypeError: key: whoever opens this page could read it/)
  })
})
