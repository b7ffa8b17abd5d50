import { useEffect, useState } from 'react'

export type Seen = 'focused' | 'visible' | 'hidden'

/** Who sits before a tab should get the card there; the others wait a moment. */
const waitMs: Record<Seen, number> = { focused: 0, visible: 80, hidden: 160 }

type Surroundings = { seen: Seen; locks: LockManager | null; onFocus(listener: () => void): () => void }

/** Whether this tab shows the card of the call: exactly one of a browser's does. */
export function useCardTurn(callId: string): boolean {
  const [isMine, setMine] = useState(false)
  useEffect(() => takeTurns(callId, setMine), [callId])
  return isMine
}

/**
 * Waits for the lock of a call and holds it; the answer lets go of it. Whichever tab waits next takes over when the one
 * that holds it closes, and the tab that somebody goes to takes it from one they left.
 */
export function takeTurns(
  callId: string,
  onTurn: (isMine: boolean) => void,
  { seen, locks, onFocus }: Surroundings = surroundings(),
): () => void {
  // Browsers hide their locks from pages without TLS; there each tab shows the card.
  if (!locks) {
    onTurn(true)
    return () => undefined
  }
  const name = `clinicacrm.pop.${callId}`
  const leaving = new AbortController()
  let isMine = false
  const turn = (mine: boolean) => {
    isMine = mine
    if (!leaving.signal.aborted) onTurn(mine)
  }
  const hold = () => {
    if (leaving.signal.aborted) return Promise.resolve()
    turn(true)
    return new Promise<void>((resolve) => leaving.signal.addEventListener('abort', () => resolve()))
  }
  const ask = (options: LockOptions) =>
    void locks.request(name, options, hold).catch(() => {
      if (leaving.signal.aborted) return
      turn(false)
      ask({ signal: leaving.signal })
    })
  const timer = setTimeout(() => ask({ signal: leaving.signal }), waitMs[seen])
  const stopListening = onFocus(() => isMine || ask({ steal: true }))
  return () => {
    clearTimeout(timer)
    stopListening()
    leaving.abort()
  }
}

function surroundings(): Surroundings {
  return {
    seen: document.hasFocus() ? 'focused' : document.visibilityState,
    locks: 'locks' in navigator ? navigator.locks : null,
    onFocus(listener) {
      window.addEventListener('focus', listener)
      return () => window.removeEventListener('focus', listener)
    },
  }
}
