import type { CaseView } from '@clinicacrm/contract/cases.ts'
import type { Virtualizer } from '@tanstack/react-virtual'
import type { KeyboardEvent, RefObject } from 'react'
import { useT } from '../i18n.ts'
import { useShortcut } from '../shortcuts.ts'
import type { Selection } from './use-selection.ts'

type Rows = {
  rows: readonly CaseView[]
  active: number
  setActive: (id: string) => void
  selection: Selection
  maySelect: boolean
  openRow: (index: number) => void
  scroller: RefObject<HTMLDivElement | null>
  virtualizer: Virtualizer<HTMLDivElement, Element>
}

/** Arrows, J and K move from row to row, Enter opens, X and Space choose. Answers what the grid does with a key. */
export function useRowKeys({ rows, active, setActive, selection, maySelect, openRow, scroller, virtualizer }: Rows) {
  const t = useT()
  const goTo = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index))
    const kase = rows[next]
    if (!kase) return undefined
    setActive(kase.id)
    virtualizer.scrollToIndex(next)
    focusRow(scroller, next)
    return kase.id
  }
  const choose = () => {
    const kase = rows[active]
    if (maySelect && kase) selection.toggle(kase.id)
  }
  const isInside = () => scroller.current?.contains(document.activeElement) ?? false
  useShortcut('j', () => goTo(isInside() ? active + 1 : active), { description: t('cases.keys.down') })
  useShortcut('k', () => goTo(isInside() ? active - 1 : active), { description: t('cases.keys.up') })
  useShortcut('x', choose, { description: t('cases.keys.select'), enabled: maySelect })

  return (event: KeyboardEvent<HTMLElement>) => {
    const { key, shiftKey, target } = event
    const page = Math.max(
      1,
      Math.floor((scroller.current?.clientHeight ?? 0) / virtualizer.options.estimateSize(0)) - 2,
    )
    const steps: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page }
    Object.assign(steps, { PageUp: active - page, Home: 0, End: rows.length - 1 })
    // A button inside a row has keys of its own.
    if ((target as HTMLElement).role !== 'row' || event.ctrlKey || event.metaKey || event.altKey) return
    const step = steps[key]
    if (step !== undefined) {
      const id = goTo(step)
      if (shiftKey && maySelect && id) selection.extendTo(id)
    } else if (key === 'Enter') openRow(active)
    else if (key === ' ') choose()
    else return
    event.preventDefault()
  }
}

const frames = 6

/** A row far away is drawn a frame or two after it was scrolled to. */
function focusRow(scroller: RefObject<HTMLDivElement | null>, index: number, tries = frames) {
  requestAnimationFrame(() => {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)
    if (row) row.focus({ preventScroll: true })
    else if (tries > 0) focusRow(scroller, index, tries - 1)
  })
}
