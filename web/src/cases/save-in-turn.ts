import { type CaseView, saveCase } from '@clinicacrm/contract/cases.ts'
import { call } from '../api.ts'
import type { Change } from './moves.ts'

const lastSaves = new Map<string, Promise<CaseView>>()

/**
 * Saves a change of a case after the one before it. Whoever moves a card twice in a hurry knows of their own first move,
 * though the lists may not show its version yet; a colleague's save in between is still a conflict.
 */
export function saveInTurn(kase: CaseView, change: Change): Promise<CaseView> {
  const before = lastSaves.get(kase.id)?.catch(() => kase) ?? Promise.resolve(kase)
  const saving = before.then(({ version }) =>
    call(saveCase, { params: { id: kase.id }, body: { ...change, version: Math.max(version, kase.version) } }),
  )
  lastSaves.set(kase.id, saving)
  return saving
}
