import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { currentLocale, useT } from '../i18n.ts'
import { usePhones } from '../phones.ts'
import { useMe } from '../session.ts'
import { listenForShortcuts, useShortcut } from '../shortcuts.ts'
import { PageFrame } from '../ui/page-header.tsx'
import { StatusesContext } from '../ui/status-chip.tsx'
import { ToastPlace } from '../ui/toast.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { navItems } from './nav-items.ts'
import { Rail } from './rail.tsx'
import classes from './shell.module.css'
import { TopBar } from './top-bar.tsx'

const Help = lazy(() => import('./help.tsx').then(({ Help }) => ({ default: Help })))

export type PaletteProps = { opened: boolean; onClose: () => void }
type Props = {
  /** Search and commands; loaded when it is first asked for. */
  palette: (props: PaletteProps) => ReactNode
  /** The calls of whoever sits here, between the search and oneself. */
  calls: ReactNode
  children: ReactNode
}

/** What stands around every page of somebody who is signed in. */
export function Shell({ palette: Palette, calls, children }: Props) {
  const t = useT()
  const { organisation, statuses } = useMe()
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  const [isHelping, setHelping] = useState(false)
  const [palette, setPalette] = useState<'unused' | 'open' | 'closed'>('unused')
  const search = () => setPalette('open')

  useEffect(listenForShortcuts, [])
  useShortcut('mod+k', search, { description: t('shell.help.palette'), scope: 'general' })
  useShortcut('/', search, { description: t('shell.help.search'), scope: 'general' })
  useShortcut('?', () => setHelping(true), { description: t('shell.help.show'), scope: 'general' })
  useGoTo()
  useFocusAfterNavigation()

  return (
    <StatusesContext value={statuses}>
      <PageFrame value={{ slot, name: organisation.name }}>
        <div className={classes.shell}>
          <button type="button" className={classes.skip} onClick={() => document.getElementById('main')?.focus()}>
            {t('shell.skip')}
          </button>
          <Rail />
          <div className={classes.column}>
            <TopBar titleSlot={setSlot} onSearch={search} onHelp={() => setHelping(true)}>
              {calls}
            </TopBar>
            <ConnectionBanner />
            <main id="main" tabIndex={-1} className={classes.main} data-scroll-restoration-id="main">
              {children}
            </main>
          </div>
        </div>
        <ToastPlace />
        <Suspense>
          {palette !== 'unused' && <Palette opened={palette === 'open'} onClose={() => setPalette('closed')} />}
          {isHelping && <Help onClose={() => setHelping(false)} />}
        </Suspense>
      </PageFrame>
    </StatusesContext>
  )
}

function useGoTo() {
  const t = useT()
  const { may } = useMe()
  const navigate = useNavigate()
  const [phone] = usePhones()
  const [desk, cases, patients, callbacks, calls, wallboard, settings] = navItems.map((item) => ({
    ...item,
    go: () => void navigate({ to: item.to, params: { locale: currentLocale() } }),
    options: {
      description: t(`shell.help.go_${item.name}`),
      scope: 'general' as const,
      enabled: !item.needs || may(item.needs),
    },
  }))
  useShortcut(desk!.keys, desk!.go, desk!.options)
  useShortcut(cases!.keys, cases!.go, cases!.options)
  useShortcut(patients!.keys, patients!.go, patients!.options)
  useShortcut(callbacks!.keys, callbacks!.go, callbacks!.options)
  useShortcut(calls!.keys, calls!.go, calls!.options)
  useShortcut(wallboard!.keys, wallboard!.go, wallboard!.options)
  useShortcut(settings!.keys, settings!.go, settings!.options)
  useShortcut('g t', () => phone?.open(), {
    description: t('shell.phone.open'),
    scope: 'general',
    enabled: phone !== undefined,
  })
  useShortcut('n', () => void navigate({ to: '/$locale/cases/new', params: { locale: currentLocale() } }), {
    description: t('shell.help.new_case'),
    scope: 'general',
    enabled: may('cases:write'),
  })
}

/** When what had the focus is gone with its page, the keyboard starts at the new page and not at the very top. */
function useFocusAfterNavigation() {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (path !== before.current && document.activeElement === document.body) document.getElementById('main')?.focus()
    before.current = path
  }, [path])
}
