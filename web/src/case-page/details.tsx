import { channels } from '@clinicacrm/contract/cases.ts'
import { dispositionCodes, outcomeCodes } from '@clinicacrm/contract/lifecycle.ts'
import { lazy, useRef } from 'react'
import { formatDateTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { useShortcut } from '../shortcuts.ts'
import { DueDate } from '../ui/due-date.tsx'
import { useCase } from './case-context.ts'
import { nameOf, useColleagues } from './colleagues.ts'
import classes from './details.module.css'
import { later } from './fetched-ahead.ts'
import { FieldOfCase } from './field-of-case.tsx'
import { Folded } from './folded.tsx'
import { isSettled } from '../move-rules.ts'
import { StatusField } from './status-field.tsx'
import { dispositionIn, outcomeIn } from '../ui/disposition-text.ts'
import { channelIn } from './words.ts'

const editors = later.editors
const FollowUpEditor = lazy(() => editors().then(({ FollowUpEditor }) => ({ default: FollowUpEditor })))
const AssigneeEditor = lazy(() => editors().then(({ AssigneeEditor }) => ({ default: AssigneeEditor })))
const TreatmentEditor = lazy(() => editors().then(({ TreatmentEditor }) => ({ default: TreatmentEditor })))
const SuggestingEditor = lazy(() => editors().then(({ SuggestingEditor }) => ({ default: SuggestingEditor })))
const CodeEditor = lazy(() => editors().then(({ CodeEditor }) => ({ default: CodeEditor })))

/** What is known of a case, edited where it stands and saved field by field. */
export function Details() {
  const t = useT()
  const { mayWrite } = useCase()
  const section = useRef<HTMLElement>(null)
  useShortcut('e', () => section.current?.querySelector('button')?.focus(), {
    description: t('case.details.edit'),
    enabled: mayWrite,
  })
  return (
    <section
      className={classes.details}
      ref={section}
      aria-labelledby="case-details"
      onPointerEnter={() => void editors()}
      onFocus={() => void editors()}
    >
      <h3 className={classes.title} id="case-details">
        {t('case.details.title')}
      </h3>
      <div className={classes.fields}>
        <Standing />
        <Source />
      </div>
      <Dates />
    </section>
  )
}

/** Where the case stands and who has it. */
function Standing() {
  const t = useT()
  const { page, isRevealed } = useCase()
  const { case: kase, clinic_zone: zone } = page
  const colleagues = useColleagues()
  const { clinics } = useMe()
  return (
    <>
      <StatusField />
      <FieldOfCase
        name="follow_up_date"
        shown={<DueDate when={kase.follow_up_date} zone={zone} settled={isSettled(kase.status)} />}
        editor={(editing) => <FollowUpEditor editing={editing} />}
        isWide
      />
      <FieldOfCase name="follow_up_reason" isWide />
      <FieldOfCase
        name="assigned_to"
        shown={kase.assigned_to && <bdi>{nameOf(colleagues, kase.assigned_to)}</bdi>}
        editor={(editing) => <AssigneeEditor editing={editing} />}
        isWide
      />
      {isRevealed ? (
        <>
          <FieldOfCase
            name="disposition"
            editor={(editing) => (
              <CodeEditor editing={editing} codes={dispositionCodes} labelOf={(code) => dispositionIn(t, code)} />
            )}
            isWide
          />
          <FieldOfCase
            name="outcome"
            editor={(editing) => (
              <CodeEditor editing={editing} codes={outcomeCodes} labelOf={(code) => outcomeIn(t, code)} />
            )}
            isWide
          />
        </>
      ) : (
        <Folded className={classes.wide} />
      )}
      {(kase.status === 'PERSO' || kase.lost_reason) && <FieldOfCase name="lost_reason" isWide />}
      <FieldOfCase name="treatment" editor={(editing) => <TreatmentEditor editing={editing} />} isWide />
      <FieldOfCase
        name="clinic"
        options={clinics.filter(({ active }) => active).map(({ name }) => ({ value: name, label: name }))}
        isWide
      />
    </>
  )
}

/** Where the case came from. */
function Source() {
  const t = useT()
  const options = [
    { value: '', label: t('common.not_set') },
    ...channels.map((value) => ({ value, label: channelIn(t, value) })),
  ]
  return (
    <>
      <FieldOfCase name="channel" options={options} />
      <FieldOfCase name="origin" editor={(editing) => <SuggestingEditor editing={editing} from="origins" />} />
      <FieldOfCase name="promotion" editor={(editing) => <SuggestingEditor editing={editing} from="promotions" />} />
      <FieldOfCase
        name="dialer_campaign_tag"
        editor={(editing) => <SuggestingEditor editing={editing} from="dialer_campaign_tags" />}
      />
    </>
  )
}

function Dates() {
  const t = useT()
  const { page } = useCase()
  const { case: kase, clinic_zone: zone } = page
  const at = (moment: string) => formatDateTime(moment, { zone })
  return (
    <p className={classes.dates}>
      <span>{t('case.details.created', { when: at(kase.created_at) })}</span>
      <span>{t('case.details.updated', { when: at(kase.updated_at) })}</span>
      {kase.last_contact_at && <span>{t('case.details.last_contact', { when: at(kase.last_contact_at) })}</span>}
    </p>
  )
}
