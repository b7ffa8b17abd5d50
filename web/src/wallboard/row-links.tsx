import { Link } from '@tanstack/react-router'
import type { CSSProperties, ReactNode } from 'react'
import { currentLocale } from '../i18n.ts'
import { useShown } from './shown.ts'

type Props = {
  search: Record<string, string | string[]>
  className?: string | undefined
  label?: string
  style?: CSSProperties
  children: ReactNode
}

/** From a number to the calls it counts, of the same clinics. */
export function ToCalls({ search, className = '', label, style, children }: Props) {
  const { clinic } = useShown()
  return (
    <Link
      to={`/${currentLocale()}/calls` as never}
      search={{ ...search, ...(clinic && { clinic }) } as never}
      className={className}
      aria-label={label}
      title={label}
      {...(style && { style })}
    >
      {children}
    </Link>
  )
}

/** From a number to the callbacks it counts, of the same clinics. */
export function ToCallbacks({ search, className = '', children }: Props) {
  const { clinic } = useShown()
  return (
    <Link
      to={`/${currentLocale()}/callbacks` as never}
      search={{ ...search, ...(clinic && { clinic }) } as never}
      className={className}
    >
      {children}
    </Link>
  )
}
