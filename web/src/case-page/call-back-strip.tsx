import { Popover } from '@mantine/core'
import { useState } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { useNow } from '../ui/use-now.ts'
import { CallBackButton } from './call-back-button.tsx'
import classes from './call-back.module.css'
import { useCase } from './case-context.ts'
import { MomentForm } from './moment-form.tsx'
import { inMinutes, nextMorning } from '../moments.ts'
import { wayTo } from '../move.ts'
import { ReopenReason } from '../ui/reopen-reason.tsx'
import { whenIn } from './when.ts'

type Props = { opened: boolean; onChange: (opened: boolean) => void }

/** Moments to call back at: one key, and it is written down. */
export function CallBackStrip({ opened, onChange }: Props) {
  const t = useT()
  return (
    <Popover opened={opened} onChange={onChange} position="bottom-start" trapFocus returnFocus width={300}>
      <Popover.Target>
        <CallBackButton onClick={() => onChange(!opened)} />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('case.actions.call_back')}>
        <Strip onDone={() => onChange(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function Strip({ onDone }: { onDone: () => void }) {
  const t = useT()
  const now = useNow()
  const { page, save } = useCase()
  const { case: kase, clinic_zone: zone, patient } = page
  const [seen] = useState(kase)
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [isChoosing, setChoosing] = useState(false)
  const needsReason = wayTo(page, 'DA_RICHIAMARE', useMe().may('cases:override')) === 'needs_reason'

  function callBackAt(moment: string) {
    if (needsReason && !reason.trim()) return setMissing(true)
    const why = needsReason && { status_reason: reason.trim() }
    save({ status: 'DA_RICHIAMARE', follow_up_date: moment, ...why }, seen)
    announce(t('case.call_back.set', { when: whenIn(t, moment, { zone, now: new Date() }) }))
    onDone()
  }
  const morning = whenIn(t, nextMorning(zone, now), { zone, now })
  const choices = [
    { label: t('case.call_back.in_minutes', { count: 15 }), run: () => callBackAt(inMinutes(15)) },
    { label: t('case.call_back.in_hours', { count: 2 }), run: () => callBackAt(inMinutes(120)) },
    { label: morning, run: () => callBackAt(nextMorning(zone)) },
    { label: t('case.call_back.choose'), run: () => setChoosing(true) },
  ]
  if (patient.do_not_contact) return <Forbidden reason={patient.do_not_contact_reason} />
  return (
    <div
      className={classes.strip}
      onKeyDown={(event) => {
        const chosen = event.target instanceof HTMLInputElement ? undefined : choices[Number(event.key) - 1]
        if (!chosen) return
        event.preventDefault()
        chosen.run()
      }}
    >
      {needsReason && <ReopenReason value={reason} onChange={setReason} isMissing={isMissing} autoFocus />}
      {isChoosing ? (
        <MomentForm
          zone={zone}
          initial={nextMorning(zone, now)}
          action={t('case.call_back.do')}
          onChosen={callBackAt}
        />
      ) : (
        <Choices choices={choices} />
      )}
    </div>
  )
}

function Choices({ choices }: { choices: { label: string; run: () => void }[] }) {
  return (
    <ul className={classes.choices}>
      {choices.map(({ label, run }, i) => (
        <li key={label}>
          <button type="button" className={classes.choice} aria-keyshortcuts={`${i + 1}`} onClick={run}>
            <kbd className={classes.key} aria-hidden>
              {i + 1}
            </kbd>
            <span className={classes.label}>{label}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Forbidden({ reason }: { reason: string | null }) {
  const t = useT()
  return (
    <p className={classes.forbidden} tabIndex={-1} data-autofocus>
      {reason ? t('case.call_back.forbidden_because', { reason }) : t('case.call_back.forbidden')}
    </p>
  )
}
