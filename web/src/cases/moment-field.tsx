import { Button, Group } from '@mantine/core'
import { useId, useState } from 'react'
import { useT } from '../i18n.ts'
import { readMoment, typedFrom } from '../typed-moment.ts'
import { MomentFields } from '../ui/moment-fields.tsx'
import classes from './moment-field.module.css'
import { callbackMoments } from './moves.ts'

type Props = {
  label: string
  /** The clinic's: what is chosen is meant as its clocks show it. */
  zone: string
  value: string | null
  error?: string | undefined
  onChange: (moment: string | null) => void
}

const usual = ['in_2_hours', 'tomorrow', 'next_monday'] as const

/** A day and a time, by one of the usual moments or typed. A day without a time is kept as its beginning. */
export function MomentField({ label, zone, value, error, onChange }: Props) {
  const t = useT()
  const labelId = useId()
  const [typed, setTyped] = useState(() => typedFrom(value, zone))
  const [moments] = useState(() => callbackMoments(zone))
  return (
    <div role="group" aria-labelledby={labelId} className={classes.field}>
      <div id={labelId} className={classes.label}>
        {label}
      </div>
      <Group gap="xs">
        {usual.map((name) => (
          <Button
            key={name}
            variant={value === moments[name] ? 'light' : 'default'}
            size="compact-sm"
            aria-pressed={value === moments[name]}
            onClick={() => {
              setTyped(typedFrom(moments[name], zone))
              onChange(moments[name])
            }}
          >
            {t(`cases.moments.${name}`)}
          </Button>
        ))}
      </Group>
      <MomentFields
        zone={zone}
        value={typed}
        error={error}
        onChange={(next) => {
          setTyped(next)
          onChange(readMoment(next, zone).moment)
        }}
      />
    </div>
  )
}
