import { IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useT } from '../i18n.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import classes from './top-bar.module.css'
import { UserMenu } from './user-menu.tsx'

type Props = {
  titleSlot: (element: HTMLElement | null) => void
  onSearch: () => void
  onHelp: () => void
  children: ReactNode
}

/** Above every page: its title and what belongs to it, the search, and oneself. */
export function TopBar({ titleSlot, onSearch, onHelp, children }: Props) {
  const t = useT()
  return (
    <section className={classes.bar} aria-label={t('shell.top_bar')}>
      <div ref={titleSlot} className={classes.title} />
      <button type="button" className={classes.search} onClick={onSearch} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={16} stroke={1.5} aria-hidden />
        <span className={classes.searchText}>{t('shell.search')}</span>
        <KeyHint keys="mod+k" />
      </button>
      <button type="button" className={classes.searchIcon} onClick={onSearch} aria-label={t('shell.search')}>
        <IconSearch size={20} stroke={1.5} aria-hidden />
      </button>
      {children}
      <UserMenu onHelp={onHelp} />
    </section>
  )
}
