import { useT } from '../i18n.ts'
import classes from './table.module.css'

/** Which clinics, in one line; null is all of them. */
export function ClinicNames({ names }: { names: string[] | null }) {
  const t = useT()
  if (names === null) return t('settings.clinics_choice.all_of_them')
  const [first = '', ...others] = names
  if (others.length === 0) return first
  return (
    <span title={names.join(', ')} className={classes.above}>
      {t('settings.clinics_choice.and_more', { first, count: others.length })}
    </span>
  )
}
