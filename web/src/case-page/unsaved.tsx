import type { CaseView, SaveCase } from '@clinicacrm/contract/cases.ts'
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { problemWith } from '../field-problem.ts'
import { textOfError } from '../ui/error-text.ts'
import { useCase } from './case-context.ts'
import { Conflict } from './conflict.tsx'
import { contestedIn, type Edit } from './edits.ts'
import type { Unsent } from './outbox.ts'
import classes from './unsaved.module.css'
import { useWords } from './words.ts'

/** What could not be saved, with why, and what can be done about it. Nothing typed goes away by itself. */
export function Unsaved() {
  const { edits, page } = useCase()
  const waiting = edits.items.filter(({ state }) => state !== 'sending')
  if (waiting.length === 0) return null
  return (
    <div className={classes.unsaved}>
      {waiting.map((item) => {
        const theirs = (item.error?.details.current as CaseView | undefined) ?? page.case
        const contested = item.error?.code === 'case_changed' ? contestedIn(item.value, theirs) : []
        return contested.length > 0 ? (
          <Conflict key={item.key} item={item} theirs={theirs} contested={contested} />
        ) : (
          <Waiting key={item.key} item={item} />
        )
      })}
    </div>
  )
}

function Waiting({ item }: { item: Unsent<Edit> }) {
  const t = useT()
  const { edits, page } = useCase()
  const words = useWords(page.clinic_zone)
  const fields = (Object.keys(item.value.change) as (keyof SaveCase)[]).filter((field) => field !== 'version')
  const why = fields.map((field) => problemWith(t, item.error, field)).find(Boolean)
  return (
    <section className={classes.item} role="alert" aria-label={t('case.unsaved.title')}>
      <h3 className={classes.title}>
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
        {t('case.unsaved.title')}
      </h3>
      <p className={classes.why}>
        {item.state === 'left' ? t('case.unsaved.left') : (why ?? textOfError(t, item.error))}
      </p>
      <ul className={classes.fields}>
        {fields.map((field) => (
          <li key={field}>
            <bdi>
              {t('case.timeline.set', { field: words.field(field), to: words.value(field, item.value.change[field]) })}
            </bdi>
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button size="compact-sm" onClick={() => edits.retry(item.key)}>
          {t('common.actions.retry')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => edits.drop(item.key)}>
          {t('case.unsaved.discard')}
        </Button>
      </div>
    </section>
  )
}
