import { useNavigate } from '@tanstack/react-router'
import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { currentLocale } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'

type Props = { id: string; children: ReactNode } & Pick<
  ComponentProps<'a'>,
  'className' | 'tabIndex' | 'title' | 'draggable'
> & { 'data-card'?: string }

/**
 * The way to a case. A plain link: the router's own asks for its address again on every move, which a table of rows cannot
 * afford, and fetches ahead, while looking at a list must not count as having read its cases.
 */
export function CaseLink({ id, children, ...rest }: Props) {
  const open = useOpenCase()
  return (
    <a
      href={caseHref(id)}
      onClick={(event) => {
        if (event.defaultPrevented || event.button !== 0 || isForAnotherTab(event)) return
        event.preventDefault()
        open(id)
      }}
      {...rest}
    >
      {children}
    </a>
  )
}

export const caseHref = (id: string): string => `${preloaded.base_path}/${currentLocale()}/cases/${id}`

/** Opens a case as a link would: in a tab of its own with Ctrl, ⌘ or the middle button. */
export function useOpenCase(): (id: string, event?: MouseEvent) => void {
  const navigate = useNavigate()
  return (id, event) => {
    if (event && (event.button === 1 || isForAnotherTab(event))) window.open(caseHref(id), '_blank', 'noopener')
    else void navigate({ to: '/$locale/cases/$id', params: { locale: currentLocale(), id } })
  }
}

const isForAnotherTab = ({ ctrlKey, metaKey, shiftKey, altKey }: MouseEvent) => ctrlKey || metaKey || shiftKey || altKey
