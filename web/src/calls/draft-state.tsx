import { useT } from '../i18n.ts'
import classes from './cards.module.css'

/** Whether what is written is with the server; said aloud only where it is not. */
export function DraftState({ state }: { state: 'saved' | 'unsaved' | null }) {
  const t = useT()
  if (state === 'unsaved') {
    return (
      <p className={classes.unsaved} role="status">
        {t('calls.wrap_up.unsaved')}
      </p>
    )
  }
  return <p className={classes.quiet}>{state === 'saved' ? t('calls.wrap_up.saved') : '\u00a0'}</p>
}
