import { expect, expectAccessible, test } from './desk.ts'
import { antonio, family } from './telephone.ts'

test.describe('a page that a platform opens', () => {
  test.use({ role: 'agent' })

  test('a number leads to the case, and the way back does not come by again', async ({ desk }) => {
    await desk.open('/it/patients')
    await desk.page.getByRole('heading', { level: 1 }).waitFor()
    await desk.open(`/pop?phone=${encodeURIComponent(antonio)}&call_id={{call.id}}`)
    await expect(desk.page).toHaveURL(/\/it\/cases\/9$/)
    await desk.page.goBack()
    await expect(desk.page).toHaveURL(/\/it\/patients/)
  })

  test('several people are asked for', async ({ desk }) => {
    await desk.open(`/pop?phone=${encodeURIComponent(family)}`)
    await expect(desk.page.getByRole('heading', { name: /Chi chiama da/ })).toBeVisible()
    await expectAccessible(desk.page)
    await desk.page.getByRole('button', { name: /Antonio Dorato/ }).click()
    await expect(desk.page).toHaveURL(/\/it\/cases\/9$/)
  })

  test('an unknown number leads to a new case', async ({ desk }) => {
    await desk.open('/pop?phone=%2B393475550188')
    await expect(desk.page).toHaveURL(/\/it\/cases\/new\?/)
    await expect(desk.page.getByLabel('Telefono')).toHaveValue('+39 347 555 0188')
  })

  test('what a platform left unfilled counts as nothing, and the page asks', async ({ desk }) => {
    await desk.open('/pop?phone=@Call.ANI@&case_id={{case}}')
    await expect(desk.page.getByRole('heading', { name: 'Chi chiama?' })).toBeVisible()
    await desk.page.getByLabel('Nome, data o numero').fill('dorato ant')
    await desk.page.getByRole('button', { name: /Antonio Dorato/ }).click()
    await expect(desk.page).toHaveURL(/\/it\/cases\/9$/)
  })

  test('it says why it asks: a withheld number, a case that is gone', async ({ desk }) => {
    await desk.open('/pop?phone=anonymous')
    await expect(desk.page.getByText('Il numero è nascosto: chiedere chi è.')).toBeVisible()
    await expectAccessible(desk.page)
    await desk.open('/pop?case_id=987654321')
    await expect(desk.page.getByText(/Il caso o il paziente indicato dalla piattaforma non esiste più/)).toBeVisible()
  })
})

test.describe('a page that a platform opens before anybody signed in', () => {
  test.use({ role: null })

  test('the sign-in leads on to the case', async ({ desk }) => {
    await desk.open(`/pop?phone=${encodeURIComponent(antonio)}`)
    await expect(desk.page).toHaveURL(/\/sign-in/)
    await desk.page
      .getByRole('button', { name: /Operatore|Agente/ })
      .first()
      .click()
    await expect(desk.page).toHaveURL(/\/cases\/9$/)
  })
})
