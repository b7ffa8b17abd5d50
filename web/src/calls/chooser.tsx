import type { CallerView } from '@clinicacrm/contract/calls.ts'
import { relationKinds } from '@clinicacrm/contract/patient-page.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { useShortcut } from '../shortcuts.ts'
import { isOneOf } from '../ui/disposition-text.ts'
import { DueDate } from '../ui/due-date.tsx'
import { useStatusLabel } from '../ui/status-chip.tsx'
import cardClasses from './cards.module.css'
import classes from './chooser.module.css'

const most = 6

type Props = { callers: CallerView[]; isBusy: boolean; onChoose: (caller: CallerView) => void }

/** Several people share the number: who is calling? Nothing of their treatments until that is said. */
export function Chooser({ callers, isBusy, onChoose }: Props) {
  const t = useT()
  const shown = callers.slice(0, most)
  return (
    <div>
      <ol className={classes.list}>
        {shown.map((caller, i) => (
          <li key={caller.patient_id}>
            <Row caller={caller} figure={i + 1} isBusy={isBusy} onChoose={() => onChoose(caller)} />
          </li>
        ))}
      </ol>
      <p className={cardClasses.quiet}>{t('calls.chooser.how', { count: shown.length })}</p>
    </div>
  )
}

type RowProps = { caller: CallerView; figure: number; isBusy: boolean; onChoose: () => void }

function Row({ caller, figure, isBusy, onChoose }: RowProps) {
  const t = useT()
  const { clinics } = useMe()
  const statusLabel = useStatusLabel()
  const { name, age, label, relation, status, clinic, follow_up_date, is_last_chosen } = caller
  useShortcut(String(figure), onChoose, { description: t('calls.keys.choose', { name }), scope: 'call' })
  const kin = relation && (isOneOf(relationKinds, relation) ? t(`case.household.kinds.${relation}`) : relation)
  const about = [age !== null && t('case.top.age', { count: age }), label, kin].filter(Boolean)
  const zone = clinics.find((one) => one.name === clinic)?.zone
  return (
    <button
      type="button"
      className={classes.row}
      disabled={isBusy}
      aria-keyshortcuts={String(figure)}
      onClick={onChoose}
    >
      <kbd className={classes.key} aria-hidden>
        {figure}
      </kbd>
      <span className={classes.who}>
        <bdi className={classes.name}>{name}</bdi>
        <span className={classes.about}>{about.join(' · ')}</span>
      </span>
      <span className={classes.next}>
        {is_last_chosen && <span className={classes.last}>{t('calls.chooser.last')}</span>}
        <span>{status ? statusLabel(status) : t('calls.no_case')}</span>
        {follow_up_date && <DueDate when={follow_up_date} zone={zone} />}
      </span>
    </button>
  )
}
