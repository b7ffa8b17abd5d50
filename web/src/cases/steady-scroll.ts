import type { CaseView } from '@clinicacrm/contract/cases.ts'
import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useRef } from 'react'

/** Rows that come or go above what somebody reads must not push it away. */
export function useSteadyScroll(
  rows: readonly CaseView[],
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  scroller: RefObject<HTMLDivElement | null>,
): void {
  const before = useRef(rows)
  useLayoutEffect(() => {
    const old = before.current
    before.current = rows
    const element = scroller.current
    if (old === rows || !element || element.scrollTop === 0) return
    const height = virtualizer.options.estimateSize(0)
    const top = Math.floor(element.scrollTop / height)
    const anchor = old[top]
    const now = anchor ? rows.findIndex(({ id }) => id === anchor.id) : -1
    // Far away means other filters, not a few rows more or less.
    if (now >= 0 && now !== top && Math.abs(now - top) < 50) element.scrollTop += (now - top) * height
  }, [rows, virtualizer, scroller])
}
