import { Badge } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import classes from './mark.module.css'

type Props = { icon: Icon; colour: 'green' | 'gray' | 'red' | 'yellow' | 'blue'; children: string }

/** A state: icon, word and colour say the same thing. */
export function Mark({ icon: Icon, colour, children }: Props) {
  return (
    <Badge color={colour} leftSection={<Icon size={14} aria-hidden />} className={classes.mark!}>
      {children}
    </Badge>
  )
}
