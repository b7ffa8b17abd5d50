import { classOf, type StatusClass } from '@clinicacrm/contract/lifecycle.ts'
import type { StatusView } from '@clinicacrm/contract/statuses.ts'
import {
  IconCalendarCheck,
  IconCircle,
  IconCircleCheck,
  IconCircleMinus,
  IconCircleX,
  IconClock,
  type Icon,
} from '@tabler/icons-react'
import { createContext, use } from 'react'
import { currentLocale, useT } from '../i18n.ts'
import classes from './status-chip.module.css'

const icons: Record<StatusClass, Icon> = {
  open: IconCircle,
  waiting: IconClock,
  booked: IconCalendarCheck,
  won: IconCircleCheck,
  lost: IconCircleX,
  closed: IconCircleMinus,
}

/** The rows an administrator edits; the shell gives them to all pages. */
export const StatusesContext = createContext<readonly StatusView[]>([])

/** What a clinic calls its statuses, by code. A code that it does not have is its own label. */
export function useStatusLabel(): (code: string) => string {
  const statuses = use(StatusesContext)
  useT()
  return (code) => statuses.find((status) => status.code === code)?.[`label_${currentLocale()}`] ?? code
}

/** Where a case stands: icon, label and colour say the same thing. */
export function StatusChip({ status }: { status: string }) {
  const t = useT()
  const label = useStatusLabel()(status)
  const meaning = classOf(status)
  const Icon = icons[meaning]
  return (
    <span className={classes.chip} data-class={meaning} title={t(`statuses.classes.${meaning}`)}>
      <Icon size={14} stroke={2} aria-hidden className={classes.icon} />
      <span className={classes.label}>{label}</span>
    </span>
  )
}
