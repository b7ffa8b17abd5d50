import { Button } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useT } from '../i18n.ts'
import { MomentFields } from '../ui/moment-fields.tsx'
import classes from './moment-form.module.css'
import { readMoment, typedFrom } from '../typed-moment.ts'

type Props = {
  zone: string
  initial: string | null
  action: string
  error?: string | null
  onChosen: (moment: string) => void
  /** Other buttons. */
  children?: ReactNode
}

/** A moment of one's own choosing, and a button that takes it. */
export function MomentForm({ zone, initial, action, error = null, onChosen, children }: Props) {
  const t = useT()
  const [typed, setTyped] = useState(() => typedFrom(initial, zone))
  const [isMissing, setMissing] = useState(false)

  function submit(event: FormEvent) {
    event.preventDefault()
    const { moment, problem } = readMoment(typed, zone)
    if (moment) onChosen(moment)
    else setMissing(!problem)
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <MomentFields
        value={typed}
        onChange={setTyped}
        zone={zone}
        autoFocus
        isRequired
        error={isMissing && !typed.day ? t('case.moment.missing') : error}
      />
      <div className={classes.buttons}>
        {children}
        <Button type="submit">{action}</Button>
      </div>
    </form>
  )
}
