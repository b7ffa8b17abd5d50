import { expect, expectAccessible, test } from './desk.ts'

test.use({ role: null })

test('the pages of platforms are found from the API’s page, in both themes and on a phone', async ({ desk }) => {
  const { page } = desk
  await desk.open('/api/docs')
  await page.getByRole('link', { name: /^Connect Genesys Cloud/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Platforms')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Genesys Cloud', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Genesys Cloud')
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await page.getByRole('link', { name: 'Platforms' }).click()
  await page.getByRole('link', { name: 'its client' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('@clinicacrm/client')
  await page.getByRole('link', { name: 'API', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Who is calling?')
})
