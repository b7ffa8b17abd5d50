import { Link, useNavigate, useRouter } from '@tanstack/react-router'
import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { currentLocale } from '../i18n.ts'

type Props = { id: string; children: ReactNode } & Pick<
  ComponentProps<'a'>,
  'className' | 'tabIndex' | 'title' | 'draggable'
>

/** The way to a case. Nothing is fetched before it is gone: looking at a list must not count as having read its cases. */
export function CaseLink({ id, children, ...rest }: Props) {
  return (
    <Link to="/$locale/cases/$id" params={{ locale: currentLocale(), id }} preload={false} {...rest}>
      {children}
    </Link>
  )
}

export function useCaseHref(): (id: string) => string {
  const router = useRouter()
  return (id) => router.buildLocation({ to: '/$locale/cases/$id', params: { locale: currentLocale(), id } }).href
}

/** Opens a case as a link would: in a tab of its own with Ctrl, ⌘ or the middle button. */
export function useOpenCase(): (id: string, event?: Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'button'>) => void {
  const navigate = useNavigate()
  const hrefOf = useCaseHref()
  return (id, event) => {
    if (event && (event.ctrlKey || event.metaKey || event.button === 1)) window.open(hrefOf(id), '_blank', 'noopener')
    else void navigate({ to: '/$locale/cases/$id', params: { locale: currentLocale(), id } })
  }
}
