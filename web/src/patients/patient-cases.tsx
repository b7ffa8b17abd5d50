import type { PatientPage } from '@clinicacrm/contract/patient-page.ts'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { formatDate } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { isSettled } from '../move-rules.ts'
import { useMe } from '../session.ts'
import { DueDate } from '../ui/due-date.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import classes from './rows.module.css'
import { Section } from './section.tsx'

export function PatientCases({ page: { patient, cases } }: { page: PatientPage }) {
  const t = useT()
  const me = useMe()
  const locale = currentLocale()
  const zoneOf = (clinic: string) => me.clinics.find(({ name }) => name === clinic)?.zone
  const add = me.may('cases:write') && (
    <Button
      component={Link}
      to={`/${locale}/cases/new?patient_id=${patient.id}` as never}
      variant="default"
      size="xs"
      leftSection={<IconPlus size={14} aria-hidden />}
    >
      {t('patients.cases.add')}
    </Button>
  )
  return (
    <Section title={t('patients.cases.title', { count: cases.length })} action={add}>
      {cases.length === 0 && <p className={classes.none}>{t('patients.cases.none')}</p>}
      <ul className={classes.rows}>
        {cases.map((one) => (
          <li key={one.id} className={classes.row}>
            <div className={classes.main}>
              <Link to="/$locale/cases/$id" params={{ locale, id: one.id }} className={classes.link ?? ''}>
                {t('patients.cases.case', { id: one.id, treatment: one.treatment ?? t('patients.cases.no_treatment') })}
              </Link>
              <span className={classes.quiet}>{one.clinic}</span>
            </div>
            <StatusChip status={one.status} />
            <span className={classes.end}>
              {one.follow_up_date && !isSettled(one.status) ? (
                <DueDate when={one.follow_up_date} zone={zoneOf(one.clinic)} />
              ) : (
                <time className={classes.quiet} dateTime={one.created_at}>
                  {formatDate(one.created_at, { zone: zoneOf(one.clinic) })}
                </time>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
