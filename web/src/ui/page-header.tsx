import { Title } from '@mantine/core'
import { createContext, type ReactNode, use, useEffect } from 'react'
import { createPortal } from 'react-dom'
import { announce } from './announce.tsx'
import classes from './page-header.module.css'

/** Where the shell wants the title of its page (where it stands, if there is no shell), and what the tab ends with. */
export const PageFrame = createContext<{ slot?: HTMLElement | null; name: string }>({ name: 'ClínicaCRM' })

type Props = {
  title: string
  /** Longer than the heading, where a tab needs to say more: "Antonio Dorato, case 9". */
  documentTitle?: string
  /** Right after the title: views, a state, a switch. */
  children?: ReactNode
  /** At the end of the line: what can be done on this page. */
  actions?: ReactNode
}

/** The title of a page, in the shell's top bar, and the title of its tab; whoever listens hears it on arriving. */
export function PageHeader({ title, documentTitle = title, children, actions }: Props) {
  const { slot } = use(PageFrame)
  useDocumentTitle(documentTitle)

  const header = (
    <div className={classes.header}>
      <Title order={1} className={classes.title}>
        {title}
      </Title>
      {children}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  )
  if (slot === undefined) return header
  return slot && createPortal(header, slot)
}

/** For a page that shows its heading itself. */
export function useDocumentTitle(title: string): void {
  const { name } = use(PageFrame)
  useEffect(() => arriveAt(title, name), [title, name])
}

/** The first page's title is read by the browser itself. */
let current: string | null = null

function arriveAt(title: string, organisation: string) {
  document.title = `${title} · ${organisation}`
  if (current !== null && current !== title) announce(title)
  current = title
}
