import { callbackTries, type CallbackView } from '@clinicacrm/contract/callbacks.ts'
import { useT } from '../i18n.ts'
import classes from './callbacks.module.css'

/** How far up the ladder: how often we tried in vain, of how often we do. */
export function Tries({ callback: { attempts } }: { callback: CallbackView }) {
  const t = useT()
  const said = t('callbacks.tries', { count: attempts, most: callbackTries })
  return (
    <span className={classes.tries} title={said}>
      <span className={classes.steps} aria-hidden>
        {Array.from({ length: callbackTries }, (_, i) => (
          <span key={i} className={classes.step} data-done={i < attempts || undefined} />
        ))}
      </span>
      <span aria-hidden>{`${attempts}/${callbackTries}`}</span>
      <span className={classes.hidden}>{said}</span>
    </span>
  )
}
