import { expect, expectAccessible, test } from './desk.ts'

test.describe('as the owner', () => {
  test('another language keeps the page and its filters, and the next page speaks it, too', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/cases?status=NUOVO')
    await page.getByRole('button', { name: 'Menu di Alessandra Moretti' }).click()
    await page.getByRole('menuitemradio', { name: 'Español' }).click()
    await expect(page).toHaveURL(/\/es\/cases\?status=NUOVO/)
    await expect(page.getByRole('heading', { level: 1, name: 'Casos' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'es')
    await page.getByRole('link', { name: 'Pacientes' }).click()
    await expect(page).toHaveURL(/\/es\/patients/)
    await expect(page).toHaveTitle(/^Pacientes · /)
  })

  test('the chosen appearance is there from the first paint of the next visit', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/')
    await page.getByRole('button', { name: /^Menu di/ }).click()
    await expect(page.getByRole('menuitem', { name: 'Esci' })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('menuitemradio', { name: 'Scuro' }).click()
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
    const arrived = await page.reload()
    expect(await arrived!.text()).toContain('data-mantine-color-scheme="dark"')
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  })

  test('the keyboard skips the rail, and starts at the new page after each move', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: 'Vai al contenuto' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main')).toBeFocused()
    await page.getByRole('main').blur()
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await expect(page).toHaveURL(/\/it\/patients/)
    await expect(page.getByRole('main')).toBeFocused()
    await expect(page.getByRole('status').filter({ hasText: 'Pazienti' })).toHaveCount(1)
  })

  test('shortcuts of one key can be turned off; those with Ctrl stay', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Scorciatoie da tastiera' })
    await expect(help.getByText('Vai ai casi')).toBeVisible()
    await expectAccessible(page)
    await help.getByRole('switch', { name: 'Scorciatoie con un solo tasto' }).click()
    await page.keyboard.press('Escape')
    await expect(help).toBeHidden()
    await page.keyboard.press('?')
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toHaveCount(1)
    await expect(help).toBeHidden()
  })

  test('a server that is gone is said at once, and that it is back, too', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.route('**/api/**', (route) => route.abort())
    await page.getByRole('link', { name: 'Pazienti' }).click()
    const banner = page.getByRole('alert').filter({ hasText: 'Il server non risponde' }).first()
    await expect(banner).toBeVisible()
    await page.unroute('**/api/**')
    await expect(page.getByText('Quanto scritto resta in questa pagina.')).toBeHidden({ timeout: 15_000 })
    await expect(page.getByRole('status').filter({ hasText: 'Il server risponde di nuovo.' })).toHaveCount(1)
  })

  test('an address that leads nowhere leads on', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/nulla/di/nulla')
    await expect(page.getByRole('heading', { level: 1, name: 'Questa pagina non esiste' })).toBeVisible()
    await expect(page).toHaveTitle(/^Questa pagina non esiste/)
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Vai alla scrivania' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Scrivania' })).toBeVisible()
  })

  test('signing out with something typed and not saved asks first', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/cases/9')
    const note = page.getByRole('textbox', { name: /nota/i }).first()
    await note.fill('Preferisce il pomeriggio')
    await page.getByRole('button', { name: /^Menu di/ }).click()
    await page.getByRole('menuitem', { name: 'Esci' }).click()
    const question = page.getByRole('dialog', { name: 'Uscire senza salvare?' })
    await expect(question).toContainText('viene eliminato')
    await question.getByRole('button', { name: 'Annulla' }).click()
    await expect(note).toHaveValue('Preferisce il pomeriggio')
    await page.getByRole('button', { name: /^Menu di/ }).click()
    await page.getByRole('menuitem', { name: 'Esci' }).click()
    await question.getByRole('button', { name: 'Esci' }).click()
    await expect(page).toHaveURL(/\/it\/sign-in/)
    expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('draft')))).toEqual([])
  })

  test('the rail stays as wide as it was left, and becomes a bar below on a phone', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/')
    const rail = page.getByRole('navigation', { name: 'Navigazione principale' })
    await page.getByRole('button', { name: 'Mostra i nomi delle sezioni' }).click()
    await page.reload()
    expect((await rail.boundingBox())!.width).toBe(208)
    await page.setViewportSize({ width: 320, height: 640 })
    const { y, width } = (await rail.boundingBox())!
    expect(width).toBe(320)
    expect(y).toBeGreaterThan(500)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  })
})

test.describe('as the integrator', () => {
  test.use({ role: 'integrator' })

  test('the rail shows only what the role may see', async ({ desk }) => {
    await desk.open('/it/')
    const rail = desk.page.getByRole('navigation', { name: 'Navigazione principale' })
    await expect(rail.getByRole('link', { name: 'Impostazioni' })).toBeVisible()
    await expect(rail.getByRole('link', { name: 'Casi' })).toHaveCount(0)
    await expect(rail.getByRole('link', { name: 'Pazienti' })).toHaveCount(0)
  })
})
