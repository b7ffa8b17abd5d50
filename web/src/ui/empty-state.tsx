import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

type Props = {
  icon?: ReactNode
  title: string
  /** The heading of a page that has nothing else. */
  isPage?: boolean
  /** What to do next. */
  text?: ReactNode
  /** A button that does it. */
  action?: ReactNode
}

/** Where there is nothing to show: why, what to do next, and the way there. */
export function EmptyState({ icon, title, isPage = false, text, action }: Props) {
  return (
    <div className={classes.state}>
      {icon && (
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
      )}
      <Text fw={600} component={isPage ? 'h1' : 'p'} m={0}>
        {title}
      </Text>
      {text && (
        <Text size="sm" c="dimmed" className={classes.text}>
          {text}
        </Text>
      )}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}
