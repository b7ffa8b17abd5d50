import type { PopView } from '@clinicacrm/contract/pops.ts'
import { Button } from '@mantine/core'
import { useEffect, useEffectEvent, useId, useState } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { useShortcut } from '../shortcuts.ts'
import { announce } from '../ui/announce.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { useStatusLabel } from '../ui/status-chip.tsx'
import { isWriting } from './at-work.ts'
import { CallNote } from './call-note.tsx'
import { CardHead, Fold, PutAway } from './card-head.tsx'
import classes from './cards.module.css'
import { wayOf, wishKey } from './pop-state.ts'
import { mark, markShown } from './pops.ts'
import { useOpensOnAnswer } from '../opens-on-answer.ts'
import { cardShown } from '../shown-cards.ts'
import { useOpenCall } from './use-open-call.ts'
import { Chips, nameIn, NoteSoFar, Who, Why } from './who.tsx'
import { WhoIsIt } from './who-is-it.tsx'
import { wish } from './wishes.ts'

/** A call that rings or lasts. Never takes the focus: somebody may be typing. */
export function PopCard({ pop, isRinging }: { pop: PopView; isRinging: boolean }) {
  const t = useT()
  const headingId = useId()
  const [isSmall, setSmall] = useState(false)
  useShowing(pop)
  useTelling(pop)
  useAnswering(pop, isRinging, () => setSmall(true))
  useNewCaseKey(pop, isSmall)
  const putAway = () => {
    wish(wishKey(pop.id, 'ringing'), 'away')
    void mark(pop.id, 'dismissed')
  }
  return (
    <article className={classes.card} data-phase={isRinging ? 'ringing' : 'talking'} aria-labelledby={headingId}>
      <CardHead pop={pop}>
        {!isRinging && <Fold isSmall={isSmall} onClick={() => setSmall(!isSmall)} />}
        <PutAway label={t(isRinging ? 'calls.actions.ignore' : 'calls.actions.later')} onClick={putAway} />
      </CardHead>
      <Who pop={pop} headingId={headingId} />
      {!isSmall && (
        <>
          <Why pop={pop} />
          <Chips pop={pop} />
          <NoteSoFar pop={pop} />
          <Acts pop={pop} onOpen={() => !isRinging && setSmall(true)} />
        </>
      )}
      {!isRinging && <CallNote pop={pop} />}
    </article>
  )
}

/** Said and timed once it can be seen. */
function useShowing(pop: PopView) {
  const t = useT()
  const statusLabel = useStatusLabel()
  const show = useEffectEvent(() => {
    if (pop.shown_at) return
    const name = nameIn(t, pop)
    const status = pop.case && statusLabel(pop.case.status)
    announce(status ? t('calls.announce.known', { name, status }) : t('calls.announce.plain', { name }), 'assertive')
  })
  useEffect(() => {
    show()
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => markShown(pop.id))
    })
    return () => cancelAnimationFrame(frame)
  }, [pop.id])
}

/** The platform beside this page is told, too: it may announce the call in its own way. */
function useTelling({ call }: PopView) {
  const { provider, call_id, patient_name: name } = call
  const url = useOpenCall().addressOf(call)
  useEffect(() => cardShown({ provider, call_id, name, url }), [provider, call_id, name, url])
}

const justNowMs = 60_000

/** On the answer the case opens, unless somebody writes or would rather open it by hand. */
function useAnswering({ call, opened_at }: PopView, isRinging: boolean, onOpened: () => void) {
  const opens = useOpensOnAnswer()[0]
  const { open } = useOpenCall()
  const answer = useEffectEvent(() => {
    const isNew = call.answered_at !== null && Date.now() - Date.parse(call.answered_at) < justNowMs
    if (opens && isNew && !opened_at && !isWriting() && open(call)) onOpened()
  })
  useEffect(() => {
    if (!isRinging) answer()
  }, [isRinging])
}

/** Folded, the card of somebody unknown keeps its key: a new case during a call is theirs, with their number. */
function useNewCaseKey(pop: PopView, isSmall: boolean) {
  const t = useT()
  const { may } = useMe()
  const { openNewCase } = useOpenCall()
  const { match, patient_id, case_id } = pop.call
  const isNobodys = match === 'none' && patient_id === null && case_id === null
  const enabled = isSmall && isNobodys && may('cases:write')
  useShortcut('n', () => openNewCase(pop), { description: t('calls.keys.new_case'), scope: 'call', enabled })
}

/** The way to the case, or to whose call it is. */
function Acts({ pop, onOpen }: { pop: PopView; onOpen: () => void }) {
  const t = useT()
  const { call } = pop
  const [isAsking, setAsking] = useState(false)
  const { open } = useOpenCall()
  const isKnown = call.patient_id !== null
  const way = wayOf(call)
  const go = () => {
    if (open(call)) onOpen()
  }
  useShortcut('o', go, { description: t('calls.keys.open'), scope: 'call', enabled: isKnown && way !== null })
  if (!isKnown || isAsking) {
    return <WhoIsIt pop={pop} onDone={() => setAsking(false)} {...(isKnown && { onBack: () => setAsking(false) })} />
  }
  return (
    <div className={classes.actions}>
      <Button size="xs" rightSection={<KeyHint keys="o" />} aria-keyshortcuts="o" onClick={go}>
        {t(way?.to === 'new_case' ? 'calls.actions.new_case' : 'calls.actions.open')}
      </Button>
      <Button size="xs" variant="subtle" color="gray" className={classes.end ?? ''} onClick={() => setAsking(true)}>
        {t('calls.actions.not_this')}
      </Button>
    </div>
  )
}
