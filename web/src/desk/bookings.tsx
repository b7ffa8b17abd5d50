import { formatNumber } from '../format.ts'
import { useT } from '../i18n.ts'
import classes from './desk-page.module.css'

/** What I booked this week, against the whole of the last. */
export function Bookings({ thisWeek, lastWeek }: { thisWeek: number; lastWeek: number }) {
  const t = useT()
  return (
    <section aria-labelledby="bookings">
      <h2 id="bookings" className={classes.heading}>
        {t('desk.bookings')}
      </h2>
      <div className={classes.figure}>{formatNumber(thisWeek)}</div>
      <span className={classes.quiet}>{t('desk.bookings_last_week', { count: lastWeek })}</span>
    </section>
  )
}
