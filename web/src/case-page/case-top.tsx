import type { CasePage } from '@clinicacrm/contract/case-page.ts'
import { useT } from '../i18n.ts'
import { fullName } from '../format.ts'
import { DueDate } from '../ui/due-date.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import { useNow } from '../ui/use-now.ts'
import { Actions } from './actions.tsx'
import { Alerts } from './alerts.tsx'
import { useCase } from './case-context.ts'
import classes from './case-top.module.css'
import { LastThree } from './last-three.tsx'
import { isSettled } from '../move-rules.ts'
import { reasonIn } from './reason.ts'
import { Reaching } from './reaching.tsx'
import { languageIn } from './words.ts'

/** The first second: who this is, why they probably call, where things stand, what to do. */
export function CaseTop() {
  const t = useT()
  const { page } = useCase()
  const { case: kase, clinic_zone: zone } = page
  const now = useNow()

  return (
    <section className={classes.top} aria-label={t('case.top.label')}>
      <div className={classes.who}>
        <div className={classes.line}>
          <h2 className={classes.name}>
            <bdi>{fullName(kase) || t('case.top.nameless')}</bdi>
          </h2>
          <About page={page} />
        </div>
        <div className={classes.line}>
          <StatusChip status={kase.status} />
          <span className={classes.facts}>
            {[kase.treatment, kase.clinic].map(
              (fact) =>
                fact && (
                  <bdi key={fact} className={classes.fact}>
                    {fact}
                  </bdi>
                ),
            )}
          </span>
        </div>
        <Reaching />
      </div>
      <div className={classes.why}>
        <p className={classes.reason}>{reasonIn(t, page.reason, { zone, now })}</p>
        <Alerts />
      </div>
      <div className={classes.do}>
        <Actions />
        <p className={classes.next}>
          <span className={classes.nextLabel}>{t('case.top.next_action')}</span>
          {kase.follow_up_reason && <bdi className={classes.nextText}>{kase.follow_up_reason}</bdi>}
          <DueDate when={kase.follow_up_date} zone={zone} settled={isSettled(kase.status)} />
        </p>
      </div>
      <div className={classes.last}>
        <LastThree />
      </div>
    </section>
  )
}

function About({ page: { age, patient } }: { page: CasePage }) {
  const t = useT()
  const facts = [age !== null && t('case.top.age', { count: age }), patient.language && languageIn(t, patient.language)]
  return (
    <span className={classes.facts}>
      {facts.map(
        (fact) =>
          fact && (
            <span key={fact} className={classes.fact}>
              {fact}
            </span>
          ),
      )}
    </span>
  )
}
