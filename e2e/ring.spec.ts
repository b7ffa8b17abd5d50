import { expect, expectAccessible, test } from './desk.ts'
import { cardOf, hangUpAll, sitAt } from './telephone.ts'

test.describe('at the agent’s desk', () => {
  test.use({ role: 'agent' })
  test.afterEach(({ desk }) => hangUpAll(desk))

  test('whoever tries the demo lets a call ring at themselves', async ({ desk }) => {
    const { page } = desk
    await sitAt(desk)
    await page.getByRole('button', { name: /Giulia Ferri/ }).click()
    await page.getByRole('menuitem', { name: 'Prova di chiamata' }).click()
    await expect(page).toHaveURL(/\/it\/demo\/ring$/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Prova di chiamata')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Fai squillare' }).click()
    await expect(cardOf(page, 'Antonio Dorato')).toContainText('In arrivo')
    await expect(page.getByRole('status').filter({ hasText: '+39 333 222 4444' })).toBeVisible()

    await page.getByRole('radio', { name: 'Numero sconosciuto' }).check()
    await page.getByRole('button', { name: 'Fai squillare' }).click()
    await expect(cardOf(page, 'Chiamante sconosciuto')).toBeVisible()
    await expect(cardOf(page, 'Antonio Dorato')).toBeHidden()
  })

  test('a call that is given to oneself comes with the colleague’s note', async ({ desk }) => {
    const { page } = desk
    await sitAt(desk, '/it/demo/ring')
    await page.getByRole('radio', { name: 'Chiamata trasferita' }).check()
    await page.getByRole('button', { name: 'Fai squillare' }).click()
    await expect(page.getByText('tra 15 secondi passa la chiamata qui')).toBeVisible()
    await expect(cardOf(page, 'Antonio Dorato')).toContainText('preferisce la mattina', { timeout: 25_000 })
  })
})

test.describe('as who answers no calls', () => {
  test.use({ role: 'integrator' })

  test('there is nothing to try', async ({ desk }) => {
    await desk.open('/it/demo/ring')
    await expect(desk.page.getByText('Questa sezione non è accessibile')).toBeVisible()
  })
})
