import { type ComponentProps, lazy, Suspense } from 'react'
import { AlertContent } from './alert-content.tsx'
import classes from './alerts.module.css'
import { useLater } from './use-later.ts'

const load = () => import('./identity-popover.tsx')
const IdentityPopover = lazy(() => load().then(({ IdentityPopover }) => ({ default: IdentityPopover })))

/** Who is on the line? Opens the questions that tell. */
export function IdentityCheck() {
  const { isUsed, button } = useLater(load)
  if (!isUsed) return <IdentityButton aria-haspopup="dialog" {...button} />
  return (
    <Suspense fallback={<IdentityButton />}>
      <IdentityPopover />
    </Suspense>
  )
}

export function IdentityButton({ className = '', ...props }: ComponentProps<'button'>) {
  return (
    <button type="button" {...props} className={`${classes.alert} ${className}`}>
      <AlertContent kind="identity_unconfirmed" text={null} />
    </button>
  )
}
