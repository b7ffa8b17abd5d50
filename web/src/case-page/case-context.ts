import type { CasePage } from '@clinicacrm/contract/case-page.ts'
import type { CaseView, SaveCase } from '@clinicacrm/contract/cases.ts'
import { createContext, use } from 'react'
import type { Edit } from './edits.ts'
import type { NewNote } from './new-notes.ts'
import type { Outbox } from './outbox.ts'

export type OpenCase = {
  id: string
  /** What the server said, with what is on its way to it. */
  page: CasePage
  mayWrite: boolean
  edits: Outbox<Edit>
  notes: Outbox<NewNote>
  /** `seen`: the fields as they were when somebody began to change them. What cannot be saved waits in `edits`. */
  save(change: SaveCase, seen?: Partial<CaseView>): void
  /** One field, which may still be corrected where it stands: resolves with what is wrong with it, or null. */
  saveField(name: FieldName, value: string, before: string): Promise<string | null>
  /** Whether health matters may be read on the screen: the caller is who they say, or somebody chose to see all. */
  isRevealed: boolean
  /** Shows them although nobody confirmed who calls: it is recorded first. */
  reveal(): Promise<void>
}

/** What stands in the details, each a text or nothing. */
export type FieldName = Exclude<keyof SaveCase & keyof CaseView, 'version'>

export const CaseContext = createContext<OpenCase | null>(null)

/** The case that this page is about. */
export function useCase(): OpenCase {
  const open = use(CaseContext)
  if (!open) throw new Error('useCase() is for parts of the case page')
  return open
}
