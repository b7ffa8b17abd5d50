import { useEffect } from 'react'

/** What the first paint does without. */
export const later = {
  book: () => import('./book-dialog.tsx'),
  wrapUp: () => import('./wrap-up-dialog.tsx'),
  callBack: () => import('./call-back-strip.tsx'),
  editors: () => import('./detail-editors.tsx'),
  unsaved: () => import('./unsaved.tsx'),
}

const idleMs = 2_500

/** Whatever somebody asks for is there at once, even when the server has just gone away. */
export function useFetchedAhead(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return
    const fetchAll = () => void Promise.all(Object.values(later).map((load) => load())).catch(() => undefined)
    const timer = setTimeout(fetchAll, idleMs)
    return () => clearTimeout(timer)
  }, [isNeeded])
}
