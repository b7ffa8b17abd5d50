import { listPops, type PopView } from '@clinicacrm/contract/pops.ts'
import { ActionIcon, Button } from '@mantine/core'
import { useClickOutside } from '@mantine/hooks'
import { IconPhone, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { DialNumber } from '../dial-number.tsx'
import { formatAgo } from '../format.ts'
import { useT } from '../i18n.ts'
import { refresh } from '../query.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import classes from './tray.module.css'
import { phaseOf, type Waiting, wishKey } from './pop-state.ts'
import { mark } from './pops.ts'
import { useMe } from '../session.ts'
import { useOpenCall } from './use-open-call.ts'
import { mayCallBack, nameIn } from './who.tsx'
import { wish } from './wishes.ts'

type Props = { waiting: Waiting; onClose: () => void }

/** What is left of calls: those that last, those nobody saw, those whose wrap-up is owed. */
export function Tray({ waiting, onClose }: Props) {
  const t = useT()
  const [panel, setPanel] = useState<HTMLElement | null>(null)
  // The button that opened it closes it, too.
  useClickOutside(onClose, null, [panel, panel?.parentElement ?? null])
  useEffect(() => panel?.focus(), [panel])
  return (
    <section
      ref={setPanel}
      className={classes.tray}
      aria-label={t('calls.tray.button')}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        panel?.parentElement?.querySelector('button')?.focus()
        onClose()
      }}
    >
      {waiting.count === 0 && (
        <EmptyState
          icon={<IconPhone size={20} stroke={1.5} />}
          title={t('calls.tray.none')}
          text={t('calls.tray.none_text')}
        />
      )}
      <WaitingLists waiting={waiting} onDone={onClose} />
    </section>
  )
}

type ListsProps = { waiting: Omit<Waiting, 'count'>; onDone: () => void }

/** Each call with what can be done about it. */
export function WaitingLists({ waiting: { live, owed, missed }, onDone }: ListsProps) {
  const t = useT()
  const show = (pop: PopView, phase: 'ringing' | 'owed') => {
    wish(wishKey(pop.id, phase), 'shown')
    onDone()
  }
  return (
    <>
      <List title={t('calls.tray.live')} pops={live}>
        {(pop) => <Act label={t('calls.tray.show')} pop={pop} onClick={() => show(pop, 'ringing')} />}
      </List>
      <List title={t('calls.tray.owed')} pops={owed}>
        {(pop) => <Act label={t('calls.tray.complete')} pop={pop} onClick={() => show(pop, 'owed')} />}
      </List>
      <List title={t('calls.tray.missed')} pops={missed}>
        {(pop) => <Missed pop={pop} onClose={onDone} />}
      </List>
    </>
  )
}

type ListProps = { title: string; pops: PopView[]; children: (pop: PopView) => ReactNode }

function List({ title, pops, children }: ListProps) {
  const t = useT()
  const myId = useMe().user.id
  if (pops.length === 0) return null
  return (
    <>
      <h2 className={classes.title}>{title}</h2>
      <ul className={classes.list}>
        {pops.map((pop) => {
          const { call } = pop
          const at = phaseOf(pop, myId) === 'owed' ? (call.ended_at ?? call.started_at) : call.started_at
          const number = call.match === 'withheld' ? null : call.phone
          return (
            <li key={pop.id} className={classes.row}>
              <span className={classes.who}>
                <bdi className={classes.name}>{nameIn(t, pop)}</bdi>
                <span className={classes.about}>
                  {number && (
                    <>
                      <DialNumber phone={number} name={nameIn(t, pop)} isDead={!mayCallBack(pop)} />
                      {' · '}
                    </>
                  )}
                  {formatAgo(at)}
                </span>
              </span>
              {children(pop)}
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Act({ label, pop, onClick }: { label: string; pop: PopView; onClick: () => void }) {
  const t = useT()
  const full = t('calls.tray.act_on', { act: label, name: nameIn(t, pop) })
  return (
    <Button size="xs" variant="default" aria-label={full} onClick={onClick}>
      {label}
    </Button>
  )
}

/** A call that rang while no page was open: looked at, or put aside. */
function Missed({ pop, onClose }: { pop: PopView; onClose: () => void }) {
  const t = useT()
  const { open, openChoice } = useOpenCall()
  const remove = async () => {
    await mark(pop.id, 'dismissed')
    await refresh(listPops)
  }
  const look = () => {
    if (!open(pop.call)) openChoice(pop.call)
    onClose()
    void remove()
  }
  return (
    <>
      <Act label={t('calls.actions.open')} pop={pop} onClick={look} />
      <ActionIcon size="md" aria-label={t('calls.tray.remove', { name: nameIn(t, pop) })} onClick={() => void remove()}>
        <IconX size={16} stroke={1.75} />
      </ActionIcon>
    </>
  )
}
