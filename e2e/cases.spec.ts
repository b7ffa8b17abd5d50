import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { type Desk, deskOf, expect, expectAccessible, test } from './desk.ts'

type Saved = { id: string; version: number }

test('filters go into the address, and come back by reload, link and the back button', async ({ desk }) => {
  const { page } = desk
  await desk.open('/it/cases')
  await expect(count(page)).toHaveText(/^\d+ casi$/)
  const all = Number((await count(page).textContent())!.split(' ')[0])

  await page.getByRole('combobox', { name: 'Stato' }).click()
  await page.getByRole('option', { name: 'Tutti i fissati' }).click()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/class=booked/)
  await expect(count(page)).not.toHaveText(String(all))
  await expect(rows(page).first()).toContainText(/Appuntamento|Intervento programmato/)
  await page.getByRole('combobox', { name: 'Clinica' }).click()
  await page.getByRole('option', { name: 'Centro Oculistico Roma' }).click()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/class=booked&clinic=Centro\+Oculistico\+Roma/)
  await expect(rows(page).filter({ hasNotText: 'Roma' })).toHaveCount(0)
  const found = await count(page).textContent()

  await page.reload()
  await expect(count(page)).toHaveText(found!)
  await expect(page.getByRole('combobox', { name: 'Clinica' })).toContainText('Centro Oculistico Roma')
  await page.goBack()
  await expect(page).not.toHaveURL(/clinic=/)
  await expect(page.getByRole('combobox', { name: 'Stato' })).toContainText('Fissato')
  await page.getByRole('button', { name: 'Azzera i filtri' }).click()
  await expect(count(page)).toHaveText(`${all} casi`)
})

test('half a name, in any order and without accents, and four digits find a case while one types', async ({ desk }) => {
  const { page } = desk
  const last = unique('Ñúñez')
  await newCase(desk, { first_name: 'Zoé', last_name: last, cell_phone: '+39 347 91 57 388' })
  await desk.open('/it/cases')
  const search = page.getByRole('searchbox', { name: 'Cerca nei casi' })
  await expect(search).toBeVisible()
  await page.keyboard.press('/')
  await expect(search).toBeFocused()
  for (const half of [`nunez${last.slice(5, 9)} zoe`, '7388', '91573']) {
    await search.fill(half)
    await expect(rows(page).filter({ hasText: last })).toHaveCount(1)
  }
  await expect(page).toHaveURL(/search=91573/)
  await search.fill('zzzzqq 0000')
  await expect(page.getByText('Nessun caso con questi filtri')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Azzera i filtri' }).last().click()
  await expect(search).toHaveValue('')
  await expect(rows(page).first()).toBeVisible()
})

test('columns sort, say so, and can be chosen; the choice is kept', async ({ desk }) => {
  const { page } = desk
  await desk.open('/it/cases')
  await page.getByRole('button', { name: 'Nome', exact: true }).click()
  await expect(page.getByRole('columnheader', { name: 'Nome' })).toHaveAttribute('aria-sort', 'ascending')
  await expect(page).toHaveURL(/order=name/)
  await expect(rows(page).first()).toContainText('Abdel Rahman')
  await page.getByRole('button', { name: 'Nome', exact: true }).click()
  await expect(page.getByRole('columnheader', { name: 'Nome' })).toHaveAttribute('aria-sort', 'descending')
  await expect(rows(page).first()).not.toContainText('Abdel Rahman')

  await page.getByRole('button', { name: 'Colonne' }).click()
  const kept = page.waitForResponse((response) => response.url().endsWith('/api/profile'))
  await page.getByRole('checkbox', { name: 'E-mail' }).check()
  await kept
  await expect(page.getByRole('columnheader', { name: 'E-mail' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('columnheader', { name: 'E-mail' })).toBeVisible()
  await page.getByRole('button', { name: 'Colonne' }).click()
  await page.getByRole('button', { name: 'Ripristina le colonne abituali' }).click()
  await expect(page.getByRole('columnheader', { name: 'E-mail' })).toBeHidden()
})

test('the table is worked by keys alone: move, choose, open, and back to the same row', async ({ desk }) => {
  const { page } = desk
  await desk.open('/it/cases?order=name')
  await expect(rows(page).first()).toBeVisible()
  await page.keyboard.press('j')
  await expect(rows(page).first()).toBeFocused()
  await page.keyboard.press('j')
  await page.keyboard.press('ArrowDown')
  await expect(row(page, 2)).toBeFocused()
  await page.keyboard.press('x')
  await expect(row(page, 2)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByRole('region', { name: 'Modifica di più casi' }).getByRole('status')).toHaveText(
    '2 casi selezionati',
  )
  await page.keyboard.press('End')
  await expect(rows(page).last()).toBeFocused()
  await page.keyboard.press('Home')
  await expect(rows(page).first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/it\/cases\/\d+$/)
  await page.goBack()
  await expect(rows(page).first()).toContainText('Abdel Rahman')
})

test('a view is saved, found again, changed, shared and deleted', async ({ desk }) => {
  const { page } = desk
  const name = unique('Richiami di Roma')
  await desk.open('/it/cases?status=DA_RICHIAMARE&order=name')
  await menuItem(page, 'Viste salvate', 'Salva come vista…')
  await page.getByLabel('Nome della vista').fill(name)
  await page.getByRole('button', { name: 'Salva', exact: true }).click()
  await expect(page.getByRole('link', { name })).toHaveAttribute('aria-current', 'page')

  await page.getByRole('link', { name: 'Tutti' }).click()
  await expect(page).not.toHaveURL(/status=/)
  await menuItem(page, 'Viste salvate', name)
  await expect(page).toHaveURL(/status=DA_RICHIAMARE&order=name&view=\d+/)
  await page.getByRole('button', { name: 'Nome', exact: true }).click()
  await menuItem(page, 'Viste salvate', `Aggiorna «${name}»`)
  await menuItem(page, 'Viste salvate', 'Rinomina o condividi…')
  await page.getByRole('checkbox', { name: 'Condividi con tutti' }).check()
  await page.getByRole('button', { name: 'Salva', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  const { views } = await desk.ask<{ views: { name: string; shared: boolean; query: string }[] }>('GET', '/api/views')
  expect(views.find((view) => view.name === name)).toMatchObject({
    shared: true,
    query: 'status=DA_RICHIAMARE&order=-name',
  })

  await menuItem(page, 'Viste salvate', 'Elimina la vista…')
  await page.getByRole('dialog').getByRole('button', { name: 'Elimina' }).click()
  await expect(page.getByRole('link', { name })).toBeHidden()
})

test('many cases are assigned at once, seen before it happens, and put back', async ({ desk }) => {
  const { page } = desk
  const last = unique('Gruppo')
  for (const first_name of ['Ada', 'Bice', 'Carla']) await newCase(desk, { first_name, last_name: last })
  await newCase(desk, { first_name: 'Dina', last_name: last, status: 'CHIUSO' })
  await desk.open(`/it/cases?search=${last}&order=name`)
  await expect(count(page)).toHaveText('4 casi')
  await page.getByRole('checkbox', { name: `Seleziona Ada ${last}` }).click()
  await page.getByRole('checkbox', { name: `Seleziona Dina ${last}` }).click({ modifiers: ['Shift'] })
  const bar = page.getByRole('region', { name: 'Modifica di più casi' })
  await expect(bar.getByRole('status')).toHaveText('4 casi selezionati')

  await bar.getByRole('button', { name: 'Stato' }).click()
  await choose(page, 'Stato', 'In corso')
  await expect(page.getByText('3 casi cambiano')).toBeVisible()
  await page.getByText('Perché 1 caso resta escluso').click()
  await expect(page.getByRole('dialog').getByRole('link', { name: `Dina ${last}` })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Annulla' }).click()

  await bar.getByRole('button', { name: 'Assegna' }).click()
  await choose(page, 'Assegnato a', 'Giulia Ferri')
  await page.getByRole('button', { name: 'Modifica 4 casi' }).click()
  await expect(page.getByText('4 casi modificati.').first()).toBeVisible()
  await expect(rows(page).filter({ hasText: 'Giulia Ferri' })).toHaveCount(4)
  await page.getByRole('button', { name: 'Annulla modifica' }).click()
  await expect(page.getByText('4 casi sono tornati com’erano.').first()).toBeVisible()
  await expect(rows(page).filter({ hasText: 'Giulia Ferri' })).toHaveCount(0)
})

test('the file holds exactly what the filter finds, and runs nothing', async ({ desk }) => {
  const { page } = desk
  const last = unique('Esporta')
  await newCase(desk, { first_name: '=HYPERLINK("x")', last_name: last, origin: '@SUM(1)' })
  await newCase(desk, { first_name: 'Elia', last_name: last })
  await desk.open(`/it/cases?search=${last}`)
  await expect(count(page)).toHaveText('2 casi')
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Esporta in CSV' }).click()
  const text = await readFile(await (await downloading).path(), 'utf8')
  expect(text.trimEnd().split('\r\n')).toHaveLength(3)
  expect(text.match(new RegExp(last, 'g'))).toHaveLength(2)
  expect(text).not.toMatch(/(^|;|")[=@]/m)
})

test('who may not change many cases, nor export, is not offered it', async ({ page, program, browser }) => {
  const agent = deskOf(page, program)
  await agent.ask('POST', '/api/session/demo', { role: 'agent' })
  await agent.open('/it/cases')
  await expect(rows(page).first()).toBeVisible()
  await expect(page.getByRole('checkbox')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Esporta in CSV' })).toBeHidden()
  const auditor = deskOf(await (await browser.newContext()).newPage(), program)
  await auditor.ask('POST', '/api/session/demo', { role: 'auditor' })
  await auditor.open('/it/cases')
  await expect(rows(auditor.page).first()).toBeVisible()
  await expect(auditor.page.getByRole('link', { name: 'Nuovo caso' })).toBeHidden()
  await auditor.page.context().close()
})

test('what a colleague saves appears in the row by itself, and the scroll stays', async ({ desk, browser }) => {
  const { page, program } = desk
  const last = unique('Dal vivo')
  const made = await newCase(desk, { first_name: 'Lia', last_name: last })
  await desk.open('/it/cases')
  await expect(rows(page).filter({ hasText: last })).toContainText('Nuovo')
  const colleague = deskOf(await (await browser.newContext()).newPage(), program)
  await colleague.ask('POST', '/api/session/demo', { role: 'team_lead' })
  await colleague.ask('PATCH', `/api/cases/${made.id}`, { status: 'IN_CORSO' })
  await expect(rows(page).filter({ hasText: last })).toContainText('In corso')
  await page.getByRole('grid').evaluate((grid) => grid.parentElement!.scrollTo(0, 360))
  const seen = await topRow(page)
  await newCase(colleague, { first_name: 'Mia', last_name: last })
  await expect(count(page)).toHaveText(/\d+ casi/)
  await page.waitForTimeout(2_000)
  expect(await topRow(page)).toBe(seen)
  await colleague.page.context().close()
})

test('a callback for tomorrow is one click on the row, and one more to take it back', async ({ desk }) => {
  const { page } = desk
  const last = unique('Domani')
  await newCase(desk, { first_name: 'Ugo', last_name: last, cell_phone: '333 555 0199' })
  await desk.open(`/it/cases?search=${last}`)
  await rows(page).first().hover()
  await page.getByRole('button', { name: 'Richiama domani alle 09:00' }).click()
  await expect(rows(page).first()).toContainText('Da richiamare')
  await expect(rows(page).first()).toContainText('domani, 09:00')
  await page.getByRole('button', { name: 'Annulla modifica' }).click()
  await expect(rows(page).first()).toContainText('Nuovo')
})

test('the table has no fault that a machine can see, in both themes', async ({ desk }) => {
  await desk.open('/it/cases')
  await expect(rows(desk.page).first()).toBeVisible()
  await desk.page.getByRole('checkbox').nth(2).click()
  await rows(desk.page).nth(3).hover()
  await expectAccessible(desk.page)
  await desk.page.getByRole('combobox', { name: 'Stato' }).click()
  await expect(desk.page.getByRole('option', { name: 'Appuntamento' })).toBeVisible()
  await expectAccessible(desk.page)
})

const rows = (page: Page) => page.getByRole('grid').locator('[role="row"][data-index]')
const row = (page: Page, index: number) => page.locator(`[role="row"][data-index="${index}"]`)
const count = (page: Page) => page.getByRole('search').getByRole('status')
/** Letters only: digits would be looked for in numbers, too. */
const unique = (text: string) => text + Array.from({ length: 6 }, () => letter()).join('')
const letter = () => String.fromCodePoint(97 + Math.floor(Math.random() * 26))
const topRow = (page: Page) =>
  page.getByRole('grid').evaluate((grid) => {
    const { top } = grid.parentElement!.getBoundingClientRect()
    const seen = [...grid.querySelectorAll('[data-index]')].find((one) => one.getBoundingClientRect().top > top + 40)
    return seen?.querySelector('a')?.textContent
  })

function newCase(desk: Desk, fields: object): Promise<Saved> {
  return desk.ask('POST', '/api/cases', {
    clinic: 'Centro Oculistico Roma',
    email: `${unique('p')}@email.example`,
    ...fields,
  })
}

async function menuItem(page: Page, menu: string, item: string) {
  await page.getByRole('button', { name: menu }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function choose(page: Page, label: string, option: string) {
  await page.getByRole('dialog').getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option }).click()
}
