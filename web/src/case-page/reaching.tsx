import {
  IconClock,
  IconDeviceMobile,
  IconMail,
  IconPhone,
  IconPhoneOff,
  IconRosetteDiscountCheck,
} from '@tabler/icons-react'
import type { CasePage } from '@clinicacrm/contract/case-page.ts'
import type { NumberView } from '@clinicacrm/contract/patient-page.ts'
import { PatientNumber } from '../dial-number.tsx'
import { formatPhone } from '../format.ts'
import { useT } from '../i18n.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { useCase } from './case-context.ts'
import classes from './reaching.module.css'

/** Numbers and address, each a click away from the clipboard. */
export function Reaching() {
  const t = useT()
  const { page } = useCase()
  return (
    <ul className={classes.ways} aria-label={t('case.top.reaching')}>
      {distinct(page.numbers).map((number) => (
        <li key={number.shown} className={classes.way}>
          <Number number={number} patient={page.patient} />
        </li>
      ))}
      {page.case.email && (
        <li className={classes.way}>
          <IconMail size={16} stroke={1.5} aria-hidden />
          <bdi className={classes.text}>{page.case.email}</bdi>
          <CopyButton text={page.case.email} label={t('case.top.copy_email')} />
        </li>
      )}
      {page.patient.contact_times && (
        <li className={classes.way} title={t('case.top.contact_times')}>
          <IconClock size={16} stroke={1.5} role="img" aria-label={t('case.top.contact_times')} />
          <bdi className={classes.text}>{page.patient.contact_times}</bdi>
        </li>
      )}
    </ul>
  )
}

function Number({ number, patient }: { number: NumberView; patient: CasePage['patient'] }) {
  const t = useT()
  const shown = formatPhone(number.shown)
  const Icon = number.wrong_at ? IconPhoneOff : number.kind === 'mobile' ? IconDeviceMobile : IconPhone
  return (
    <>
      <Icon size={16} stroke={1.5} aria-hidden />
      <span className={classes.text} data-tabular data-wrong={number.wrong_at !== null || undefined}>
        <PatientNumber number={number} patient={patient} />
      </span>
      {number.label && <bdi className={classes.label}>{number.label}</bdi>}
      {number.wrong_at && <span className={classes.wrong}>{t('case.numbers.wrong')}</span>}
      {!number.key && (
        <span className={classes.unread} title={t('case.numbers.unreadable_why')}>
          {t('case.numbers.unreadable')}
        </span>
      )}
      {number.verified_at && (
        <span className={classes.verified} title={t('case.numbers.verified')}>
          <IconRosetteDiscountCheck size={16} stroke={1.5} role="img" aria-label={t('case.numbers.verified')} />
        </span>
      )}
      <CopyButton text={shown} label={t('case.top.copy_number', { number: shown })} />
    </>
  )
}

/** The same number in two fields is one way to reach somebody. */
const distinct = (numbers: readonly NumberView[]) =>
  numbers.filter(({ key, shown }, i) => i === numbers.findIndex((one) => (one.key ?? one.shown) === (key ?? shown)))
