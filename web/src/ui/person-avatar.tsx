import type { CSSProperties } from 'react'
import { initialsOf } from '../format.ts'
import classes from './person-avatar.module.css'

const hues = ['blue', 'teal', 'green', 'yellow', 'red', 'clay', 'gray'] as const

/** Initials in a circle, drawn and not written, so that a control's name need not begin with them. Beside the name it is decoration; `alone`, it says the name itself. */
export function PersonAvatar({ name, size = 28, alone = false }: { name: string; size?: number; alone?: boolean }) {
  const said = alone ? { role: 'img', 'aria-label': name, title: name } : { 'aria-hidden': true }
  const room = { '--avatar-size': `${size / 16}rem` } as CSSProperties
  return (
    <span className={classes.avatar} data-hue={hueOf(name)} data-initials={initialsOf(name)} style={room} {...said} />
  )
}

/** The same person has the same colour on every screen. */
function hueOf(name: string) {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)!) % 9973
  return hues[sum % hues.length]
}
