import { Button, Loader } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { problemWith } from '../field-problem.ts'
import { useT } from '../i18n.ts'
import { textOfError } from '../ui/error-text.ts'
import { useCase } from './case-context.ts'
import type { NewNote } from './new-notes.ts'
import type { Unsent } from './outbox.ts'
import classes from './unsent-notes.module.css'

/** Notes that the server does not have yet. */
export function UnsentNotes() {
  const { notes } = useCase()
  return notes.items.toReversed().map((item) => <UnsentNote key={item.key} item={item} />)
}

function UnsentNote({ item }: { item: Unsent<NewNote> }) {
  const t = useT()
  const { notes } = useCase()
  const isFailed = item.state !== 'sending'
  // Whoever was named may not see this case: the note itself can be saved all the same.
  const blind = item.error?.fields.some(({ field }) => field === 'mentions')
  const why = blind ? t('case.notes.blind_mention') : (problemWith(t, item.error, 'body') ?? textOfError(t, item.error))
  const retry = () => notes.retry(item.key, blind ? { ...item.value, mentions: [] } : item.value)
  return (
    <div className={classes.note} data-failed={isFailed || undefined}>
      <p className={classes.state} role={isFailed ? 'alert' : undefined}>
        {isFailed ? <IconAlertTriangle size={14} stroke={1.75} aria-hidden /> : <Loader size={12} aria-hidden />}
        {item.state === 'sending' && t('common.saving')}
        {item.state === 'left' && t('case.notes.left')}
        {item.state === 'failed' && t('case.notes.not_saved', { why })}
      </p>
      <p className={classes.body} dir="auto">
        {item.value.body}
      </p>
      {isFailed && (
        <div className={classes.buttons}>
          <Button size="compact-sm" onClick={retry}>
            {t(blind ? 'case.notes.save_without_mention' : 'common.actions.retry')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => notes.drop(item.key)}>
            {t('case.unsaved.discard')}
          </Button>
        </div>
      )}
    </div>
  )
}
