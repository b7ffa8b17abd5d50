import { lazy, Suspense, useState } from 'react'
import { UserButton } from './user-button.tsx'

const load = () => import('./open-user-menu.tsx')
const OpenUserMenu = lazy(() => load().then(({ OpenUserMenu }) => ({ default: OpenUserMenu })))

/** The button with one's initials; its menu is fetched when somebody goes for it. */
export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const [isUsed, setUsed] = useState(false)
  const button = (
    <UserButton
      aria-haspopup="menu"
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setUsed(true)}
    />
  )
  if (!isUsed) return button
  return (
    <Suspense fallback={button}>
      <OpenUserMenu onHelp={onHelp} />
    </Suspense>
  )
}
