import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { formatNumber, formatRelative, formatSeconds } from '../format.ts'
import { useT } from '../i18n.ts'
import { ToCallbacks, ToCalls } from './row-links.tsx'
import { useShown } from './shown.ts'
import classes from './wallboard.module.css'

/** The big numbers. */
export function Tiles() {
  return (
    <div className={classes.tiles}>
      <CallsNow />
      <Waiting />
      <Answer />
      <Owed />
      <Answered />
      <Missed />
      <Recognised />
      <Latency />
    </div>
  )
}

function Tile({ label, number, children }: { label: string; number: ReactNode; children?: ReactNode }) {
  const id = useId()
  return (
    <section className={classes.tile} aria-labelledby={id}>
      <h2 id={id} className={classes.label}>
        {label}
      </h2>
      <div className={classes.number}>{number}</div>
      <div className={classes.more}>{children}</div>
    </section>
  )
}

const big = classes.big

function CallsNow() {
  const t = useT()
  const { board, today: from } = useShown()
  const { ringing, answered, held } = board.calls_now
  const parts = [
    { state: 'ringing', count: ringing, text: 'ringing' },
    { state: 'answered', count: answered, text: 'talking' },
    { state: 'held', count: held, text: 'held' },
  ] as const
  return (
    <Tile
      label={t('wallboard.tiles.calls_now')}
      number={
        <ToCalls className={big} search={{ state: ['ringing', 'answered', 'held'], from }}>
          {formatNumber(ringing + answered + held)}
        </ToCalls>
      }
    >
      {parts.map(
        ({ state, count, text }) =>
          count > 0 && (
            <ToCalls key={state} className={classes.part} search={{ state, from }}>
              {t(`wallboard.${text}`, { count, shown: formatNumber(count) })}
            </ToCalls>
          ),
      )}
    </Tile>
  )
}

function Waiting() {
  const t = useT()
  const { board } = useShown()
  const { open, overdue, escalated, oldest_due_at } = board.callbacks
  return (
    <Tile
      label={t('wallboard.tiles.callbacks')}
      number={
        <ToCallbacks className={big} search={{}}>
          {formatNumber(open)}
        </ToCallbacks>
      }
    >
      {overdue > 0 && (
        <ToCallbacks className={classes.late} search={{ view: 'overdue' }}>
          <IconAlertCircle size={18} stroke={2} aria-hidden />
          {t('wallboard.overdue', { count: overdue, shown: formatNumber(overdue) })}
        </ToCallbacks>
      )}
      {escalated > 0 && (
        <ToCallbacks className={classes.late} search={{ view: 'escalated' }}>
          <IconAlertTriangle size={18} stroke={2} aria-hidden />
          {t('wallboard.escalated', { count: escalated, shown: formatNumber(escalated) })}
        </ToCallbacks>
      )}
      {overdue === 0 && oldest_due_at && (
        <span>{t('wallboard.waiting_since', { when: formatRelative(oldest_due_at, { zone: board.zone }) })}</span>
      )}
    </Tile>
  )
}

function Answer() {
  const t = useT()
  const { board, today: from } = useShown()
  const { median_answer_seconds: median, p90_answer_seconds: p90 } = board.today
  return (
    <Tile
      label={t('wallboard.tiles.answer')}
      number={
        median !== null && (
          <ToCalls className={big} search={{ direction: 'inbound', result: 'answered', from }}>
            {formatSeconds(median)}
          </ToCalls>
        )
      }
    >
      {p90 === null ? t('wallboard.nothing') : <span>{t('wallboard.p90', { time: formatSeconds(p90) })}</span>}
    </Tile>
  )
}

function Owed() {
  const t = useT()
  const { wrap_ups_owed: owed } = useShown().board
  return (
    <Tile
      label={t('wallboard.tiles.owed')}
      number={
        <ToCalls className={big} search={{ owed: 'true' }}>
          {formatNumber(owed)}
        </ToCalls>
      }
    >
      {owed === 0 && (
        <span className={classes.good}>
          <IconCircleCheck size={18} stroke={1.75} aria-hidden />
          {t('wallboard.all_clear')}
        </span>
      )}
    </Tile>
  )
}

function Answered() {
  const t = useT()
  const { board, today: from } = useShown()
  const { answered, inbound, outbound } = board.today
  return (
    <Tile
      label={t('wallboard.tiles.answered')}
      number={
        <ToCalls className={big} search={{ direction: 'inbound', result: 'answered', from }}>
          {formatNumber(answered)}
        </ToCalls>
      }
    >
      <ToCalls className={classes.part} search={{ direction: 'inbound', from }}>
        {t('wallboard.of_inbound', { count: inbound, shown: formatNumber(inbound) })}
      </ToCalls>
      {outbound > 0 && (
        <ToCalls className={classes.part} search={{ direction: 'outbound', from }}>
          {t('wallboard.outbound', { count: outbound, shown: formatNumber(outbound) })}
        </ToCalls>
      )}
    </Tile>
  )
}

function Missed() {
  const t = useT()
  const { board, today: from } = useShown()
  const { missed, voicemail } = board.today
  return (
    <Tile
      label={t('wallboard.tiles.missed')}
      number={
        <ToCalls className={big} search={{ direction: 'inbound', result: 'missed', from }}>
          {formatNumber(missed)}
        </ToCalls>
      }
    >
      {voicemail > 0 && (
        <ToCalls className={classes.part} search={{ direction: 'inbound', result: 'voicemail', from }}>
          {t('wallboard.voicemail', { count: voicemail, shown: formatNumber(voicemail) })}
        </ToCalls>
      )}
    </Tile>
  )
}

function Recognised() {
  const t = useT()
  const { board, today: from } = useShown()
  const { matched, with_number: all } = board.pops
  const unmatched = all - matched
  return (
    <Tile
      label={t('wallboard.tiles.recognised')}
      number={
        all > 0 && (
          <ToCalls
            className={big}
            search={{ direction: 'inbound', match: ['one', 'many', 'explicit', 'linked'], from }}
          >
            {formatNumber(matched / all, { style: 'percent' })}
          </ToCalls>
        )
      }
    >
      {all === 0 ? (
        t('wallboard.nothing')
      ) : (
        <span>{t('wallboard.matched', { matched: formatNumber(matched), all: formatNumber(all) })}</span>
      )}
      {unmatched > 0 && (
        <ToCalls className={classes.part} search={{ direction: 'inbound', match: 'none', from }}>
          {t('wallboard.unmatched', { count: unmatched, shown: formatNumber(unmatched) })}
        </ToCalls>
      )}
    </Tile>
  )
}

function Latency() {
  const t = useT()
  const { board, today: from } = useShown()
  const { median_ms, p95_ms, offered, shown } = board.pops
  const unseen = offered - shown
  return (
    <Tile
      label={t('wallboard.tiles.latency')}
      number={
        median_ms !== null && (
          <ToCalls className={big} search={{ pop: 'shown', from }}>
            {t('wallboard.ms', { ms: formatNumber(Math.round(median_ms)) })}
          </ToCalls>
        )
      }
    >
      {p95_ms === null ? (
        t('wallboard.nothing')
      ) : (
        <span>{t('wallboard.p95', { ms: formatNumber(Math.round(p95_ms)) })}</span>
      )}
      {unseen > 0 && (
        <ToCalls className={classes.part} search={{ pop: 'unseen', from }}>
          {t('wallboard.unseen', { count: unseen, shown: formatNumber(unseen) })}
        </ToCalls>
      )}
    </Tile>
  )
}
