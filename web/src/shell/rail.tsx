import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { currentLocale, useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { storage } from '../storage.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { Logo } from '../ui/logo.tsx'
import { Tip } from '../ui/tip.tsx'
import { navItems } from './nav-items.ts'
import classes from './rail.module.css'

const pinnedKey = 'clinicacrm.rail_pinned'

/** The way to every section: a narrow rail with names in tooltips, a wide one when pinned, a bar below on phones. */
export function Rail() {
  const t = useT()
  const { organisation, may } = useMe()
  const [isPinned, setPinned] = useState(() => storage.get(pinnedKey) === '1')
  const PinIcon = isPinned ? IconLayoutSidebarLeftCollapse : IconLayoutSidebarLeftExpand
  const pinText = t(isPinned ? 'shell.unpin' : 'shell.pin')

  function pin() {
    storage.set(pinnedKey, isPinned ? '0' : '1')
    setPinned(!isPinned)
  }
  return (
    <nav className={classes.rail} data-pinned={isPinned || undefined} aria-label={t('shell.main_navigation')}>
      <Tip label={organisation.name} position="right" disabled={isPinned}>
        <Link
          to="/$locale"
          params={{ locale: currentLocale() }}
          activeOptions={{ exact: true }}
          className={classes.home}
          aria-label={organisation.name}
        >
          <Logo organisation={organisation} size={28} />
          <span className={classes.organisation}>{organisation.name}</span>
        </Link>
      </Tip>
      <ul className={classes.items}>
        {navItems
          .filter(({ needs }) => !needs || may(needs))
          .map((item) => (
            <li key={item.name} data-wide={item.isWide} data-last={item.name === 'settings' || undefined}>
              <RailLink item={item} isPinned={isPinned} />
            </li>
          ))}
      </ul>
      <Tip label={pinText} position="right" disabled={isPinned}>
        <button type="button" className={classes.pin} onClick={pin} aria-label={pinText} aria-pressed={isPinned}>
          <PinIcon size={20} stroke={1.5} aria-hidden />
        </button>
      </Tip>
    </nav>
  )
}

function RailLink({ item, isPinned }: { item: (typeof navItems)[number]; isPinned: boolean }) {
  const t = useT()
  const name = t(`shell.nav.${item.name}`)
  const tip = (
    <span className={classes.tip}>
      {name} <KeyHint keys={item.keys} />
    </span>
  )
  return (
    <Tip label={tip} position="right" disabled={isPinned}>
      <Link
        to={item.to}
        params={{ locale: currentLocale() }}
        activeOptions={{ exact: item.name === 'desk', includeSearch: false }}
        className={classes.link}
      >
        <item.icon size={20} stroke={1.5} aria-hidden className={classes.icon} />
        <span className={classes.name}>{name}</span>
      </Link>
    </Tip>
  )
}
