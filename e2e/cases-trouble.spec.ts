import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './desk.ts'
import { signIn, test as inHouse } from './house.ts'

inHouse('where there is no case yet, the page offers the first one', async ({ page, house }) => {
  await signIn(page, house, house.owner)
  await expect(page).toHaveURL(/\/it\/$/)
  for (const shape of ['table', 'board']) {
    await page.goto(`${house.program.url}/it/cases?shape=${shape}`)
    await expect(page.getByText('Ancora nessun caso')).toBeVisible()
  }
  await expectAccessible(page)
  await page.getByRole('main').getByRole('link', { name: 'Nuovo caso' }).click()
  await expect(page).toHaveURL(/\/it\/cases\/new/)
})

test('a list that could not be fetched says so, and another try shows it', async ({ desk }) => {
  const { page } = desk
  await page.route('**/api/cases?**', (route) => route.fulfill({ status: 500, json: { code: 'internal' } }))
  await desk.open('/it/cases')
  await expect(page.getByText('Impossibile mostrare i casi')).toBeVisible()
  await expectAccessible(page)
  await page.unroute('**/api/cases?**')
  await page.getByRole('button', { name: 'Riprova' }).click()
  await expect(rows(page).first()).toBeVisible()
})

test('a move that the server never hears of is taken back, and says so', async ({ desk }) => {
  const { page } = desk
  await desk.open('/it/cases?shape=board&status=NUOVO&status=IN_CORSO')
  const card = page
    .getByRole('region', { name: /^Nuovo/ })
    .getByRole('listitem')
    .first()
  const name = await card.getByRole('link').first().textContent()
  await page.route('**/api/cases/*', (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.continue(),
  )
  await card.getByRole('link').first().focus()
  await page.keyboard.press('Alt+ArrowRight')
  await expect(page.getByText(`Il caso di ${name} non è cambiato.`).first()).toBeVisible()
  await expect(page.getByRole('region', { name: /^Nuovo/ }).getByRole('link', { name: name! })).toBeVisible()
})

test('whatever a name holds is shown as text, in its line', async ({ desk }) => {
  const { page } = desk
  const script = '<img src=x onerror="document.title=1"><script>alert(1)</script>'
  const names = [script, '👩‍👦'.repeat(40), 'مُحَمَّد بن عبد الرحمن'.repeat(6), 'W'.repeat(200)]
  const last_name = `Strano${Array.from({ length: 6 }, () => 'abcdefghi'[Math.floor(Math.random() * 9)]).join('')}`
  const clinic = 'Centro Oculistico Roma'
  for (const first_name of names) {
    await desk.ask('POST', '/api/cases', { first_name, last_name, clinic, email: 'strano@email.example' })
  }
  await desk.open(`/it/cases?search=${last_name}`)
  await expect(rows(page)).toHaveCount(names.length)
  for (const row of await rows(page).all()) expect((await row.boundingBox())!.height).toBe(36)
  await expect(page.getByRole('link', { name: '<script>alert(1)</script>' })).toBeVisible()
  await desk.open(`/it/cases?shape=board&search=${last_name}`)
  await expect(page.getByRole('link', { name: '<script>alert(1)</script>' })).toBeVisible()
  await expect(page).toHaveTitle(/^Casi/)
})

for (const [locale, title] of [
  ['en', 'Cases'],
  ['es', 'Casos'],
] as const) {
  test(`the page speaks ${locale} in all its shapes`, async ({ desk }) => {
    const { page } = desk
    for (const shape of ['', 'shape=board', 'shape=calendar', 'shape=calendar&span=week']) {
      await desk.open(`/${locale}/cases?${shape}`)
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
      await expect(page.getByRole('link', { name: /\w{3}/ }).nth(8)).toBeVisible()
      // A text that is missing would show its key.
      await expect(page.getByText(/\b(cases|common|statuses)\.[a-z_]+/)).toHaveCount(0)
    }
    await expectAccessible(page)
  })
}

const rows = (page: Page) => page.getByRole('grid').locator('[role="row"][data-index]')
