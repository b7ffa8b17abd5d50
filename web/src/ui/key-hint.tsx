import { keysShown } from '../shortcuts.ts'
import classes from './key-hint.module.css'

/** Keys as they are written on the keyboard, for menus and tooltips. Whoever listens finds them in the help. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className={classes.keys} aria-hidden>
      {keysShown(keys).map((key, i) => (
        <kbd key={`${i}${key}`} className={classes.key}>
          {key}
        </kbd>
      ))}
    </span>
  )
}
