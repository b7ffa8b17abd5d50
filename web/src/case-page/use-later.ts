import { useState } from 'react'

/**
 * For a button whose menu or panel is fetched when somebody goes for it, never for the first paint: the button's own
 * props, and whether it was used.
 */
export function useLater(load: () => Promise<unknown>) {
  const [isUsed, setUsed] = useState(false)
  const fetchAhead = () => void load().catch(() => undefined)
  return { isUsed, button: { onPointerEnter: fetchAhead, onFocus: fetchAhead, onClick: () => setUsed(true) } }
}
