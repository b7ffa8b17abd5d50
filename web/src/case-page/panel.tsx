import { type ReactNode, useId } from 'react'
import classes from './side.module.css'

/** One quiet part of the side: a title and what belongs under it. */
export function Panel({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <h3 className={classes.title} id={id}>
        {title}
      </h3>
      {children}
    </section>
  )
}
