import { type ConsentView, consentPurposes } from '@clinicacrm/contract/patient-page.ts'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { formatDate } from '../format.ts'
import { useT } from '../i18n.ts'
import { useCase } from './case-context.ts'
import { Panel } from './panel.tsx'
import classes from './side.module.css'

/** What the patient allows now, by the last word given on each purpose and channel. */
export function ConsentSummary() {
  const t = useT()
  const { page } = useCase()
  const latest = latestOf(page.consents)
  return (
    <Panel title={t('case.consents.title')}>
      {latest.length === 0 && <p className={classes.none}>{t('case.consents.none')}</p>}
      <ul className={classes.list}>
        {latest.map((consent) => (
          <Line key={consent.id} consent={consent} zone={page.clinic_zone} />
        ))}
      </ul>
    </Panel>
  )
}

function Line({ consent: { purpose, channel, state, at }, zone }: { consent: ConsentView; zone: string }) {
  const t = useT()
  const Icon = state === 'given' ? IconCircleCheck : IconCircleX
  const what = t(`case.consents.purposes.${purpose}`)
  return (
    <li className={classes.consent} data-given={state === 'given' || undefined}>
      <Icon size={14} stroke={1.75} aria-hidden />
      <span className={classes.text}>
        {channel ? t('case.consents.by_channel', { what, channel: t(`case.consents.channels.${channel}`) }) : what}
      </span>
      <span className={classes.meta}>{t(`case.consents.${state}`, { date: formatDate(at, { zone }) })}</span>
    </li>
  )
}

function latestOf(consents: readonly ConsentView[]): ConsentView[] {
  const latest = new Map<string, ConsentView>()
  for (const consent of consents) {
    const key = `${consent.purpose} ${consent.channel}`
    const known = latest.get(key)
    if (!known || consent.at > known.at) latest.set(key, consent)
  }
  const order = (purpose: string) => (consentPurposes as readonly string[]).indexOf(purpose)
  return [...latest.values()].toSorted((one, other) => order(one.purpose) - order(other.purpose))
}
