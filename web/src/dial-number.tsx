import type { NumberView } from '@clinicacrm/contract/patient-page.ts'
import type { PatientView } from '@clinicacrm/contract/patients.ts'
import { IconPhoneOff } from '@tabler/icons-react'
import type { ComponentProps } from 'react'
import classes from './dial-number.module.css'
import { dialled, formatPhone } from './format.ts'
import { useT } from './i18n.ts'
import { useMe } from './session.ts'
import { toast } from './ui/toast.tsx'

type LinkProps = ComponentProps<'a'> & {
  /** As it is shown to people. */
  phone: string
  /** Whose it is, where a page holds those of several people. */
  name?: string
}

/** Calls the number when it is pressed: with the telephone that is open in this browser, or with the computer's own. */
export function DialLink({ phone, name, ...props }: LinkProps) {
  const t = useT()
  const number = dialled(phone)
  const tel = `tel:${number}`
  const shown = formatPhone(phone)
  return (
    <a
      {...props}
      href={tel}
      aria-label={name ? t('common.dial.person', { name, number: shown }) : t('common.dial.number', { number: shown })}
      onClick={(event) => {
        event.preventDefault()
        void take(number, tel).then((isTaken) => isTaken && toast({ text: t('common.dial.taken', { number: shown }) }))
      }}
    />
  )
}

/** What passes numbers on is fetched when the first is; without it, there is the computer's own telephone. */
async function take(number: string, tel: string): Promise<boolean> {
  const way = await import('./dial.ts').catch(() => null)
  if (way) return way.dial(number, tel)
  location.assign(tel)
  return false
}

type Props = {
  phone: string
  name?: string
  /** Where it is said beside it why nobody calls it. */
  isDead?: boolean
}

/** A number in a text: pressing it calls, for who takes calls. */
export function DialNumber({ phone, name, isDead = false }: Props) {
  const mayDial = useMe().may('calls:handle')
  const number = <bdi>{formatPhone(phone)}</bdi>
  if (!mayDial || isDead) return number
  return (
    <DialLink phone={phone} {...(name && { name })} className={classes.dial}>
      {number}
    </DialLink>
  )
}

type OfPatient = {
  number: NumberView
  patient: Pick<PatientView, 'do_not_contact' | 'do_not_contact_reason'>
}

/** One of a patient's numbers, which calls them unless they must not be called, or not there. */
export function PatientNumber({ number: { shown, key, wrong_at }, patient }: OfPatient) {
  const why = useBarred()(patient)
  return (
    <>
      <DialNumber phone={shown} isDead={!key || wrong_at !== null || why !== null} />
      {why && (
        <span className={classes.barred} title={why}>
          <IconPhoneOff size={14} stroke={1.75} role="img" aria-label={why} />
        </span>
      )}
    </>
  )
}

/** Says that somebody must not be called, and why; null where they may. */
function useBarred() {
  const t = useT()
  return ({ do_not_contact: isBarred, do_not_contact_reason: why }: OfPatient['patient']) =>
    isBarred ? (why ? t('common.dial.barred_because', { why }) : t('common.dial.barred')) : null
}
