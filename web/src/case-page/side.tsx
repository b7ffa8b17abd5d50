import { Link } from '@tanstack/react-router'
import { formatDate } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { StatusChip } from '../ui/status-chip.tsx'
import { useCase } from './case-context.ts'
import { ConsentSummary } from './consent-summary.tsx'
import { Household } from './household.tsx'
import { Numbers } from './numbers.tsx'
import { Panel } from './panel.tsx'
import classes from './side.module.css'

/** What stands around a case: the patient's other cases, family, numbers and consents. */
export function Side() {
  return (
    <div className={classes.side}>
      <OtherCases />
      <Household />
      <Numbers />
      <ConsentSummary />
      <PatientLink />
    </div>
  )
}

function OtherCases() {
  const t = useT()
  const { page } = useCase()
  const others = page.other_cases
  return (
    <Panel title={t('case.others.title')}>
      {others.length === 0 && <p className={classes.none}>{t('case.others.none')}</p>}
      <ul className={classes.list}>
        {others.map((other) => (
          <li key={other.id}>
            <Link to="/$locale/cases/$id" params={{ locale: currentLocale(), id: other.id }} className={classes.row}>
              <span className={classes.main}>
                <bdi className={classes.text}>{other.treatment ?? other.clinic}</bdi>
                <span className={classes.meta}>
                  {t('case.others.line', {
                    id: other.id,
                    date: formatDate(other.created_at, { zone: page.clinic_zone }),
                  })}
                </span>
              </span>
              <StatusChip status={other.status} />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function PatientLink() {
  const t = useT()
  const { page } = useCase()
  return (
    <Link to="/$locale/patients/$id" params={{ locale: currentLocale(), id: page.patient.id }} className={classes.link}>
      {t('case.side.patient_page')}
    </Link>
  )
}
