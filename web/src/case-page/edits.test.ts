import type { CasePage } from '@clinicacrm/contract/case-page.ts'
import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { expect, test } from 'vitest'
import { contestedIn, resolved, withEdits } from './edits.ts'

const seen = { origin: 'Instagram', promotion: null, follow_up_date: '2026-07-12T16:57:06.836704+00:00' } as CaseView
const edit = { change: { origin: 'Google Ads' }, base: { origin: 'Instagram' } }

test('a field that nobody else touched is not contested, whatever happened to the others', () => {
  expect(contestedIn(edit, { ...seen, promotion: 'Primavera' })).toEqual([])
})

test('a field that somebody else gave another value is', () => {
  expect(contestedIn(edit, { ...seen, origin: 'Facebook' })).toEqual(['origin'])
})

test('who wrote the same is no rival, nor is the same moment written otherwise', () => {
  expect(contestedIn(edit, { ...seen, origin: 'Google Ads' })).toEqual([])
  const moved = { change: { follow_up_date: '2026-07-13T08:00:00Z' }, base: { follow_up_date: seen.follow_up_date } }
  expect(contestedIn(moved, { ...seen, follow_up_date: '2026-07-12T18:57:06.836704+02:00' })).toEqual([])
})

test('a choice keeps one’s own values on top of theirs, and nothing when theirs are taken', () => {
  const theirs = { ...seen, origin: 'Facebook' }
  expect(resolved(edit, theirs, new Set())).toEqual({ change: edit.change, base: { origin: 'Facebook' } })
  expect(resolved(edit, theirs, new Set(['origin'] as const))).toBeNull()
})

test('what is on its way is shown as if it had arrived', () => {
  const page = { case: seen } as CasePage
  expect(withEdits(page, [edit]).case).toMatchObject({ origin: 'Google Ads', promotion: null })
  expect(withEdits(page, [])).toBe(page)
})
