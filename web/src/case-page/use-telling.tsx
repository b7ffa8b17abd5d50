import { lazy, type ReactNode, Suspense, useState } from 'react'
import { announce } from '../ui/announce.tsx'

const load = () => import('./toasts.tsx')
const Toasts = lazy(() => load().then(({ Toasts }) => ({ default: Toasts })))

export type Tell = (text: string, how?: { isTrouble: boolean }) => void

/** Says something in passing, to who looks and to who listens. What shows it is fetched with the first word. */
export function useTelling(): { tell: Tell; toasts: ReactNode } {
  const [hasSpoken, setSpoken] = useState(false)
  const tell: Tell = (text, how = { isTrouble: false }) => {
    announce(text, how.isTrouble ? 'assertive' : 'polite')
    setSpoken(true)
    void load().then(({ show }) => show(text, how))
  }
  return { tell, toasts: <Suspense>{hasSpoken && <Toasts />}</Suspense> }
}
