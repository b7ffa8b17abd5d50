import { dispositionCodes } from '@clinicacrm/contract/lifecycle.ts'
import type { PopView } from '@clinicacrm/contract/pops.ts'
import { Button, Checkbox, Textarea } from '@mantine/core'
import { type FormEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { useT } from '../i18n.ts'
import { MoveFields } from '../move-fields.tsx'
import { noMove } from '../move.ts'
import { useShortcut } from '../shortcuts.ts'
import { announce } from '../ui/announce.tsx'
import { DispositionList } from '../ui/disposition-list.tsx'
import { dispositionIn } from '../ui/disposition-text.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { Problem } from '../ui/problem.tsx'
import { CardHead, Fold, PutAway } from './card-head.tsx'
import classes from './cards.module.css'
import { DraftState } from './draft-state.tsx'
import { wishKey } from './pop-state.ts'
import { mark } from './pops.ts'
import { useWrapUp, type WrapUp } from './use-wrap-up.ts'
import { nameIn, Who } from './who.tsx'
import { wish } from './wishes.ts'

const figures = dispositionCodes.slice(0, 9)

type Props = { pop: PopView; isBehind: boolean; isAsked?: boolean }

/** A call that is over and not yet closed: a figure, Enter. Opens by itself and leaves the focus where it is. */
export function WrapUpCard({ pop, isBehind, isAsked = false }: Props) {
  const t = useT()
  const headingId = useId()
  const card = useRef<HTMLFormElement>(null)
  const wrapUp = useWrapUp(pop, () => leave(card.current))
  const { choose, submit } = wrapUp
  useAnnouncing(pop)
  const [isOpened, setOpened] = useState(isAsked)
  // A new call needs the room, unless somebody is at this one.
  const isSmall = isBehind && !isOpened
  const stay = () => {
    setOpened(true)
    if (!isAsked) wish(wishKey(pop.id, 'owed'), 'shown')
  }
  // On to what is still missing, or else to the button: the next Enter closes the call.
  const goOn = () => void requestAnimationFrame(() => nextStop(card.current)?.focus())
  const chosen = (disposition: string) => {
    choose(disposition)
    goOn()
  }
  const putAway = () => {
    leave(card.current)
    wish(wishKey(pop.id, 'owed'), 'away')
    void mark(pop.id, 'dismissed')
  }
  const start = () => card.current?.querySelector('input')?.focus()
  useShortcut('w', start, { description: t('calls.keys.wrap_up'), scope: 'call', enabled: !isSmall })

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (!submit()) goOn()
  }
  return (
    <article
      className={classes.card}
      data-phase="owed"
      aria-labelledby={headingId}
      onFocus={({ target }) => target.closest('form') && stay()}
    >
      <CardHead pop={pop}>
        {isBehind && <Fold isSmall={isSmall} onClick={() => setOpened(isSmall)} />}
        <PutAway label={t('calls.actions.later')} onClick={putAway} />
      </CardHead>
      <Who pop={pop} headingId={headingId} />
      {!isSmall && (
        <form ref={card} className={classes.form} onSubmit={onSubmit} noValidate>
          <Fields pop={pop} wrapUp={wrapUp} onChoose={chosen} onEscape={putAway} />
        </form>
      )}
    </article>
  )
}

type FieldsProps = { pop: PopView; wrapUp: WrapUp; onChoose: (disposition: string) => void; onEscape: () => void }

function Fields({ pop, wrapUp, onChoose, onEscape }: FieldsProps) {
  const t = useT()
  const { form, lacks, choose, problem, isClosing } = wrapUp
  return (
    <>
      {figures.map((code, i) => (
        <Figure key={code} figure={String(i + 1)} code={code} onChoose={onChoose} />
      ))}
      {form.disposition ? (
        <Chosen pop={pop} wrapUp={wrapUp} onChange={() => choose('')} />
      ) : (
        <DispositionList
          value=""
          isMissing={lacks.includes('disposition')}
          autoFocus={false}
          onEscape={onEscape}
          onChoose={onChoose}
        />
      )}
      <Note wrapUp={wrapUp} />
      <Problem>{problem}</Problem>
      <div className={classes.actions}>
        <Button type="submit" size="xs" loading={isClosing} rightSection={<KeyHint keys="enter" />}>
          {t('calls.wrap_up.do')}
        </Button>
        {!form.disposition && <p className={classes.quiet}>{t('calls.wrap_up.how')}</p>}
      </div>
    </>
  )
}

/**
 * Each figure says what the call came to, wherever the focus is, unless somebody types. Where it is asked who calls, the
 * figures answer that first: hence they are the page's and not the call's.
 */
function Figure({ figure, code, onChoose }: { figure: string; code: string; onChoose: (code: string) => void }) {
  const t = useT()
  const description = t('calls.keys.disposition', { disposition: dispositionIn(t, code) })
  useShortcut(figure, () => onChoose(code), { description, scope: 'page' })
  return null
}

function Chosen({ pop, wrapUp, onChange }: { pop: PopView; wrapUp: WrapUp; onChange: () => void }) {
  const t = useT()
  const { form, standing, set, lacks, isRestored } = wrapUp
  return (
    <>
      <div className={classes.chosen}>
        <strong>{dispositionIn(t, form.disposition)}</strong>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onChange}>
          {t('calls.wrap_up.change')}
        </Button>
      </div>
      {isRestored && <p className={classes.quiet}>{t('calls.wrap_up.restored')}</p>}
      {form.disposition === 'NUMERO_ERRATO' && pop.call.patient_id && (
        <Checkbox
          size="sm"
          label={t('calls.wrap_up.wrong_number')}
          checked={form.wrong_number}
          onChange={({ currentTarget }) => set({ wrong_number: currentTarget.checked })}
        />
      )}
      {standing && (
        <MoveFields
          page={standing}
          value={form.move ?? noMove(standing)}
          missing={lacks}
          onChange={(move) => set({ move })}
        />
      )}
      {!standing && <p className={classes.quiet}>{t('calls.wrap_up.no_case')}</p>}
    </>
  )
}

function Note({ wrapUp: { form, set, state } }: { wrapUp: WrapUp }) {
  const t = useT()
  return (
    <div className={classes.note}>
      <Textarea
        size="sm"
        label={t('calls.wrap_up.note')}
        autosize
        minRows={1}
        maxRows={5}
        maxLength={20_000}
        value={form.note}
        onChange={({ currentTarget }) => set({ note: currentTarget.value })}
      />
      {state && <DraftState state={state} />}
    </div>
  )
}

function useAnnouncing(pop: PopView) {
  const t = useT()
  const say = useEffectEvent(() => announce(t('calls.announce.owed', { name: nameIn(t, pop) })))
  useEffect(() => say(), [pop.id])
}

const nextStop = (within: HTMLElement | null) =>
  within?.querySelector<HTMLElement>('[aria-invalid="true"], input[required][value=""]') ??
  within?.querySelector<HTMLElement>('[type="submit"]')

/** Whoever was in the card goes back to the page, and does not fall out of it. */
function leave(card: HTMLElement | null) {
  if (card?.closest('article')?.contains(document.activeElement)) document.getElementById('main')?.focus()
}
