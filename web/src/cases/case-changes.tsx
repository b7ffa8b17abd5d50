import type { CaseView } from '@clinicacrm/contract/cases.ts'
import type { StatusCode } from '@clinicacrm/contract/lifecycle.ts'
import { useMutation, useMutationState } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useMemo, useState } from 'react'
import type { ApiError } from '../api.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { textOfError } from '../ui/error-text.ts'
import { useStatusLabel } from '../ui/status-chip.tsx'
import { nameOf } from './case-names.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { patchCase, refreshCases } from './fresh-cases.ts'
import { MoveDialog } from './move-dialog.tsx'
import { canBeUndone, type Change, type Missing, verdictOn, withChange } from './moves.ts'
import { saveInTurn } from './save-in-turn.ts'
import { toast } from '../ui/toast.tsx'

type Doing = { kase: CaseView; change: Change }
type Asking = { kase: CaseView; to: StatusCode; missing: Missing[] }

type CaseChanges = {
  /** Asks first for what the new status needs, and explains a move that is not offered. */
  moveTo(kase: CaseView, to: StatusCode): void
  /** Asks when to call back. */
  askWhen(kase: CaseView): void
  change(kase: CaseView, change: Change): void
}
const Context = createContext<CaseChanges | null>(null)

export function useCaseChanges(): CaseChanges {
  const changes = use(Context)
  if (!changes) throw new Error('useCaseChanges() is for what stands inside CaseChangesProvider')
  return changes
}

/** Changes of single cases from any shape of the page: shown at once, taken back when the server refuses. */
export function CaseChangesProvider({ children }: { children: ReactNode }) {
  const t = useT()
  const { may } = useMe()
  const labelOf = useStatusLabel()
  const [asking, setAsking] = useState<Asking | null>(null)
  const [conflict, setConflict] = useState<(Doing & { current: CaseView }) | null>(null)
  const { mutate } = useChange(setConflict)

  const changes: CaseChanges = {
    change: (kase, change) => mutate({ kase, change }),
    askWhen: (kase) => setAsking({ kase, to: kase.status as StatusCode, missing: ['follow_up_date'] }),
    moveTo(kase, to) {
      if (kase.status === to) return
      const { isAllowed, missing } = verdictOn(kase, to, may('cases:override'))
      if (!isAllowed) {
        const names = { from: labelOf(kase.status), to: labelOf(to) }
        toast({ text: t('cases.moves.not_offered', names), isTrouble: true })
      } else if (missing.length) setAsking({ kase, to, missing })
      else mutate({ kase, change: { status: to } })
    },
  }
  return (
    <Context value={changes}>
      {children}
      {asking && (
        <MoveDialog
          {...asking}
          onClose={() => setAsking(null)}
          onMove={(change) => {
            setAsking(null)
            mutate({ kase: asking.kase, change })
          }}
        />
      )}
      {conflict && (
        <ConflictDialog
          {...conflict}
          onClose={() => setConflict(null)}
          onAgain={() => {
            setConflict(null)
            mutate({ kase: conflict.current, change: conflict.change })
          }}
        />
      )}
    </Context>
  )
}

const changing = ['changeCase']

function useChange(onConflict: (conflict: Doing & { current: CaseView }) => void) {
  const t = useT()
  const said = useWhatWasDone()
  const { may } = useMe()
  const mutation = useMutation<CaseView, ApiError, Doing>({
    mutationKey: changing,
    mutationFn: ({ kase, change }) => saveInTurn(kase, change),
    // A server that is busy has not begun.
    retry: (failures, { code }) => code === 'unavailable' && failures < 2,
    retryDelay: 1_000,
    onSuccess: async (saved, { kase }) => {
      patchCase(saved)
      const before = { status: kase.status as StatusCode, follow_up_date: kase.follow_up_date }
      const undo = () => mutation.mutate({ kase: saved, change: before })
      const isUndoable = canBeUndone(kase, saved, may('cases:override'))
      toast({ text: said(kase, saved), ...(isUndoable && { action: { label: t('common.actions.undo'), run: undo } }) })
      await refreshCases()
    },
    onError: (error, doing) => {
      if (error.code === 'case_changed') onConflict({ ...doing, current: error.details.current as CaseView })
      else
        toast({
          text: t('cases.moves.failed', { name: nameOf(t, doing.kase), why: textOfError(t, error) }),
          isTrouble: true,
        })
      void refreshCases()
    },
  })
  return mutation
}

function useWhatWasDone() {
  const t = useT()
  const labelOf = useStatusLabel()
  return (before: CaseView, after: CaseView) => {
    const name = nameOf(t, after)
    return before.status === after.status
      ? t('cases.moves.rescheduled', { name })
      : t('cases.moves.moved', { name, status: labelOf(after.status) })
  }
}

/** Cases whose changes are on their way, as they will be: lists show them as if the changes had arrived. */
export function usePendingCases(): ReadonlyMap<string, { before: CaseView; after: CaseView }> {
  const pending = useMutationState({
    filters: { mutationKey: changing, status: 'pending' },
    select: (mutation) => mutation.state.variables as Doing,
  })
  return useMemo(() => {
    const moves = new Map<string, { before: CaseView; after: CaseView }>()
    for (const { kase, change } of pending) {
      moves.set(kase.id, { before: moves.get(kase.id)?.before ?? kase, after: withChange(kase, change) })
    }
    return moves
  }, [pending])
}
