import type { CandidateView } from '@clinicacrm/contract/patient-page.ts'
import { Link } from '@tanstack/react-router'
import type { KeyboardEvent, Ref } from 'react'
import { formatPhone } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { useShortcut } from '../shortcuts.ts'
import { StatusChip } from '../ui/status-chip.tsx'
import classes from './candidates.module.css'

type Props = {
  candidates: CandidateView[]
  onChoose: (candidate: CandidateView) => void
  ref: Ref<HTMLOListElement>
}

/** Patients who may be the caller, most likely first; each is one key away. */
export function Candidates({ candidates, onChoose, ref }: Props) {
  const t = useT()
  return (
    <section className={classes.panel} aria-labelledby="new-case-candidates" aria-live="polite">
      <h2 className={classes.title} id="new-case-candidates">
        {t('new_case.candidates.title')}
      </h2>
      {candidates.length === 0 ? (
        <p className={classes.none}>{t('new_case.candidates.none')}</p>
      ) : (
        <p className={classes.none}>{t('new_case.candidates.how')}</p>
      )}
      <ol className={classes.list} ref={ref} onKeyDown={walk}>
        {candidates.map((candidate, i) => (
          <Candidate key={candidate.id} candidate={candidate} figure={i + 1} onChoose={() => onChoose(candidate)} />
        ))}
      </ol>
    </section>
  )
}

type CandidateProps = { candidate: CandidateView; figure: number; onChoose: () => void }

function Candidate({ candidate, figure, onChoose }: CandidateProps) {
  const t = useT()
  const { name, age, phone, email, clinic, latest_case, reasons } = candidate
  useShortcut(String(figure), onChoose, { description: t('new_case.candidates.take', { name }) })
  const about = [age !== null && t('case.top.age', { count: age }), phone && formatPhone(phone), email, clinic]
  return (
    <li className={classes.candidate}>
      <button type="button" className={classes.choose} onClick={onChoose} aria-keyshortcuts={`Alt+${figure} ${figure}`}>
        <kbd className={classes.key} aria-hidden>
          {figure}
        </kbd>
        <span className={classes.who}>
          <bdi className={classes.name}>{name}</bdi>
          <span className={classes.about}>{about.map((fact) => fact && <bdi key={fact}>{fact}</bdi>)}</span>
          <span className={classes.reasons}>
            {reasons.map((reason) => (
              <span key={reason} className={classes.reason}>
                {t(`new_case.candidates.reasons.${reason}`)}
              </span>
            ))}
          </span>
          <span className={classes.act}>{t('new_case.candidates.use')}</span>
        </span>
      </button>
      {latest_case && (
        <Link
          to="/$locale/cases/$id"
          params={{ locale: currentLocale(), id: latest_case.id }}
          className={classes.latest}
        >
          {t('new_case.candidates.open', { id: latest_case.id })}
          <StatusChip status={latest_case.status} />
        </Link>
      )}
    </li>
  )
}

/** The arrows go from one to the next. */
function walk(event: KeyboardEvent<HTMLOListElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const next = buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step]
  event.preventDefault()
  next?.focus()
}
