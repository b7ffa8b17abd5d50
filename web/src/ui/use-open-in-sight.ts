import { useEffect, useRef } from 'react'

/** For a row of links that may be wider than its place: the open one is in sight. `open` says which that is. */
export function useOpenInSight<T extends HTMLElement>(open: string) {
  const row = useRef<T>(null)
  useEffect(() => {
    const link = row.current?.querySelector('[aria-current]')
    link?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [open])
  return row
}
