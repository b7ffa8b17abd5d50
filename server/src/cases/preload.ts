import { getCasePage } from '@clinicacrm/contract/case-page.ts'
import { AppError } from '../app-error.ts'
import type { Disclosures } from '../audit/disclosures.ts'
import type { Person } from '../http/caller.ts'
import type { Work } from '../work.ts'
import { showCasePage } from './page-routes.ts'

type Asked = { name: string; input: object; reply: unknown }

/** What the page of a case asks first, so that it arrives with its answer; nothing for other pages, or a refusal. */
export async function preloadedCase(
  work: Work & { disclosures: Disclosures; by: Person },
  path: string,
): Promise<Asked[]> {
  const id = /\/(?:it|en|es)\/cases\/([1-9]\d{0,17})$/.exec(path)?.[1]
  if (!id || !work.by.permissions.has(getCasePage.needs as 'cases:read')) return []
  try {
    return [{ name: getCasePage.name, input: { params: { id } }, reply: await showCasePage(work, id) }]
  } catch (error) {
    // The page asks again by itself, and says what it hears.
    if (error instanceof AppError) return []
    throw error
  }
}
