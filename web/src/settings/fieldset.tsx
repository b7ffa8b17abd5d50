import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './fieldset.module.css'

type Props = { title: string; text?: ReactNode; actions?: ReactNode; children?: ReactNode }

/** One subject of a page: a title, a line that explains it, and what belongs to it; a hairline parts it from the next. */
export function Fieldset({ title, text, actions, children }: Props) {
  return (
    <section className={classes.fieldset}>
      <div className={classes.head}>
        <div className={classes.words}>
          <Title order={2}>{title}</Title>
          {text && (
            <Text size="sm" c="dimmed" component="div">
              {text}
            </Text>
          )}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}
