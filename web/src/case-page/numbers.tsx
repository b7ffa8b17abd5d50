import type { NumberView } from '@clinicacrm/contract/patient-page.ts'
import { IconPhoneOff, IconRosetteDiscountCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { PatientNumber } from '../dial-number.tsx'
import { currentLocale, useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { useCase } from './case-context.ts'
import { NumberMenu } from './number-menu.tsx'
import { Panel } from './panel.tsx'
import classes from './side.module.css'

type Group = { number: NumberView; fields: NumberView['field'][] }

/** What people found out about each number. */
export function Numbers() {
  const t = useT()
  const { page } = useCase()
  if (page.numbers.length === 0) return null
  return (
    <Panel title={t('case.numbers.title')}>
      <ul className={classes.list}>
        {grouped(page.numbers).map(({ number, fields }) => (
          <li key={number.shown} className={classes.number}>
            <span className={classes.main}>
              <span className={classes.text} data-tabular>
                <PatientNumber number={number} patient={page.patient} />
              </span>
              <About number={number} fields={fields} />
            </span>
            <Found number={number} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function About({ number, fields }: Group) {
  const t = useT()
  return (
    <>
      <span className={classes.meta}>
        <bdi>{number.label ?? list(fields.map((field) => t(`case.fields.${field}`)))}</bdi>
      </span>
      {number.verified_at && (
        <span className={classes.permission} data-may>
          <IconRosetteDiscountCheck size={14} stroke={1.75} aria-hidden />
          {t('case.numbers.verified')}
        </span>
      )}
      {number.wrong_at && (
        <span className={classes.permission} data-wrong>
          <IconPhoneOff size={14} stroke={1.75} aria-hidden />
          {t('case.numbers.wrong')}
        </span>
      )}
      {!number.key && <span className={classes.meta}>{t('case.numbers.unreadable_why')}</span>}
      {number.shared_with.length > 0 && (
        <span className={classes.meta}>
          {t('case.numbers.shared')}{' '}
          {number.shared_with.map(({ id, name }, i) => (
            <Fragment key={id}>
              {i > 0 && ', '}
              <Link to="/$locale/patients/$id" params={{ locale: currentLocale(), id }} className={classes.inlineLink}>
                <bdi>{name}</bdi>
              </Link>
            </Fragment>
          ))}
        </span>
      )}
    </>
  )
}

/** The same number may stand in several fields. */
function grouped(numbers: readonly NumberView[]): Group[] {
  const groups = Object.values(Object.groupBy(numbers, ({ key, shown }) => key ?? shown))
  return groups.map((same = []) => ({ number: same[0]!, fields: same.map(({ field }) => field) }))
}

const list = (parts: string[]) => new Intl.ListFormat(currentLocale(), { type: 'conjunction' }).format(parts)

function Found({ number }: { number: NumberView }) {
  const { may } = useMe()
  if (!number.key || !may('patients:write')) return null
  return <NumberMenu number={number} />
}
