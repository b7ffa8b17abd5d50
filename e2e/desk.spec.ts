import { expect, expectAccessible, test } from './desk.ts'

test.describe('as the agent', () => {
  test.use({ role: 'agent' })

  test('the day begins with what waits', async ({ desk }) => {
    await desk.open('/it/')
    await expect(desk.page.getByRole('heading', { name: 'Scrivania', level: 1 })).toBeVisible()
    await expect(desk.page.getByText(/Buon(giorno|asera| pomeriggio), /)).toBeVisible()
    await expect(desk.page.getByRole('heading', { name: 'Appuntamenti fissati questa settimana' })).toBeVisible()
    await expectAccessible(desk.page)
  })

  test('the palette finds a patient by half a name and opens the case, all by keyboard', async ({ desk }) => {
    await desk.open('/it/')
    await desk.page.getByRole('heading', { level: 1 }).waitFor()
    await desk.page.keyboard.press('Control+k')
    await desk.page.getByRole('dialog').getByLabel('Cerca pazienti, casi e comandi').waitFor()
    await desk.page.keyboard.type('dorat ant')
    await expect(desk.page.getByRole('dialog').getByText('Antonio Dorato')).toBeVisible()
    await expectAccessible(desk.page)
    await desk.page.keyboard.press('Enter')
    await expect(desk.page).toHaveURL(/\/it\/cases\/\d+$/)
  })

  test('the palette finds people by digits, cases by number, and commands', async ({ desk }) => {
    await desk.open('/it/')
    const box = desk.page.getByRole('dialog').getByLabel('Cerca pazienti, casi e comandi')
    await desk.page.getByRole('heading', { level: 1 }).waitFor()
    await desk.page.keyboard.press('Control+k')
    await box.fill('2222 4444')
    await expect(desk.page.getByRole('dialog').getByText('Antonio Dorato')).toBeVisible()
    await box.fill('#9')
    await expect(desk.page.getByRole('dialog').getByText('#9 Antonio Dorato')).toBeVisible()
    await box.fill('profilo')
    await expect(desk.page.getByRole('button', { name: 'Profilo' })).toBeVisible()
    await box.fill('zzzzqq')
    await expect(desk.page.getByText('Nulla per «zzzzqq»')).toBeVisible()
    await desk.page.keyboard.press('Escape')
    await expect(desk.page.getByRole('dialog')).toBeHidden()
  })

  test('the question mark shows the keys, and G C goes to the cases', async ({ desk }) => {
    await desk.open('/it/')
    await desk.page.getByRole('heading', { level: 1 }).waitFor()
    await desk.page.keyboard.press('?')
    await expect(desk.page.getByRole('dialog')).toContainText('Vai ai casi')
    await expectAccessible(desk.page)
    await desk.page.keyboard.press('Escape')
    await desk.page.keyboard.press('g')
    await desk.page.keyboard.press('c')
    await expect(desk.page).toHaveURL(/\/it\/cases/)
  })

  test('the language changes where one is', async ({ desk }) => {
    await desk.open('/es/patients')
    await expect(desk.page.getByRole('heading', { name: 'Pacientes', level: 1 })).toBeVisible()
    await desk.open('/en/patients')
    await expect(desk.page.getByRole('heading', { name: 'Patients', level: 1 })).toBeVisible()
    await expect(desk.page.locator('html')).toHaveAttribute('lang', 'en')
  })

  test('a page of 320 px has everything, without scrolling sideways', async ({ desk }) => {
    await desk.page.setViewportSize({ width: 320, height: 640 })
    for (const path of ['/it/', '/it/patients', '/it/cases', '/it/cases/9']) {
      await desk.open(path)
      await desk.page.getByRole('heading', { level: 1 }).first().waitFor()
      const width = await desk.page.evaluate(() => document.documentElement.scrollWidth)
      expect(width, path).toBeLessThanOrEqual(320)
    }
  })
})

test.describe('as the integrator', () => {
  test.use({ role: 'integrator' })

  test('there are no patients, and the settings are one step away', async ({ desk }) => {
    await desk.open('/it/')
    await expect(desk.page.getByText('Questo ruolo non vede i pazienti')).toBeVisible()
    await expect(desk.page.getByRole('navigation').getByRole('link', { name: 'Casi' })).toBeHidden()
    await desk.page.getByRole('link', { name: 'Vai alle impostazioni' }).click()
    await expect(desk.page).toHaveURL(/\/it\/settings/)
  })
})
