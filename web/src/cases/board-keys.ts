import type { KeyboardEvent } from 'react'

const cards = '[data-card]'

/** Arrows lead from card to card: up and down a column, to the same height of the next one. */
export function boardKeys(event: KeyboardEvent<HTMLElement>): void {
  const { key, currentTarget, target, altKey, ctrlKey, metaKey, shiftKey } = event
  if (altKey || ctrlKey || metaKey || shiftKey || !(target instanceof HTMLElement) || !target.matches(cards)) return
  const columns = [...currentTarget.children].map((column) => [...column.querySelectorAll<HTMLElement>(cards)])
  const x = columns.findIndex((column) => column.includes(target))
  const y = columns[x]?.indexOf(target) ?? -1
  const next = neighbour(columns, x, y, key)
  if (!next) return
  event.preventDefault()
  next.focus()
}

function neighbour(columns: HTMLElement[][], x: number, y: number, key: string): HTMLElement | undefined {
  if (key === 'ArrowDown') return columns[x]?.[y + 1]
  if (key === 'ArrowUp') return columns[x]?.[y - 1]
  if (key === 'ArrowRight' || key === 'ArrowLeft') {
    const that = key === 'ArrowRight' ? columns.slice(x + 1) : columns.slice(0, x).toReversed()
    const column = that.find(({ length }) => length > 0)
    return column?.[Math.min(y, column.length - 1)]
  }
  return undefined
}
