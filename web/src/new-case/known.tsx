import { Button, Checkbox } from '@mantine/core'
import { formatPhone, fullName } from '../format.ts'
import { useT } from '../i18n.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import classes from './lead-form.module.css'
import type { KnownPatient } from './use-lead.ts'

/** For whom the case is opened. */
export function Known({ known, onOther }: { known: KnownPatient; onOther: (() => void) | null }) {
  const t = useT()
  const { patient, error } = known
  if (error) return <ErrorPanel error={error} />
  const reach = patient && [patient.phone, patient.cell_phone, patient.home_phone, patient.email]
  const ways = [...new Set(reach?.filter((way) => way !== null).map(formatPhone))]
  return (
    <section className={classes.known} aria-label={t('new_case.known.label')}>
      <div className={classes.who}>
        <bdi className={classes.name}>{patient ? fullName(patient) : t('common.loading')}</bdi>
        <bdi className={classes.about}>{ways.join(' · ')}</bdi>
      </div>
      {onOther && (
        <Button variant="default" size="xs" onClick={onOther}>
          {t('new_case.known.other')}
        </Button>
      )}
      {known.isNumberNew && <AddNumber known={known} />}
    </section>
  )
}

function AddNumber({ known: { addsNumber, setAddsNumber } }: { known: KnownPatient }) {
  const t = useT()
  return (
    <Checkbox
      className={classes.number ?? ''}
      label={t('new_case.known.add_number')}
      checked={addsNumber}
      onChange={({ currentTarget }) => setAddsNumber(currentTarget.checked)}
    />
  )
}
