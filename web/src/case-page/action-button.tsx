import { Button, type ButtonProps, type ElementProps } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { KeyHint } from '../ui/key-hint.tsx'
import classes from './actions.module.css'

type Props = ButtonProps & ElementProps<'button', keyof ButtonProps> & { icon: Icon; shortcut: string }

const names = {
  root: classes.action ?? '',
  inner: classes.inside ?? '',
  label: classes.words ?? '',
  section: classes.icon ?? '',
}

/** One of the three things an agent does with a case. */
export function ActionButton({ icon: Icon, shortcut, ...props }: Props) {
  return (
    <Button
      variant="default"
      leftSection={<Icon size={16} stroke={1.75} />}
      rightSection={
        <span className={classes.key}>
          <KeyHint keys={shortcut} />
        </span>
      }
      aria-keyshortcuts={shortcut.toUpperCase()}
      classNames={names}
      {...props}
    />
  )
}
