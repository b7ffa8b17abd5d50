import type { CSSProperties } from 'react'
import { formatNumber } from '../format.ts'
import { useT } from '../i18n.ts'
import { momentOf } from '../zoned.ts'
import { ToCalls } from './row-links.tsx'
import { useShown } from './shown.ts'
import classes from './wallboard.module.css'

/** When a day has hardly begun, its usual hours are there already. */
const usual = { first: 8, last: 19 }

/** Inbound calls of each hour: answered below, in vain above, in another pattern. */
export function Hours() {
  const t = useT()
  const { hours } = useShown().board
  const most = Math.max(1, ...hours.map(({ answered, missed }) => answered + missed))
  const first = Math.min(usual.first, ...hours.map(({ hour }) => hour))
  const last = Math.max(usual.last, ...hours.map(({ hour }) => hour))
  const shown = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  return (
    <section className={classes.chart} aria-labelledby="wallboard-hours">
      <div className={classes.chartHead}>
        <h2 id="wallboard-hours" className={classes.label}>
          {t('wallboard.hours.title')}
        </h2>
        <ul className={classes.legend}>
          <li>
            <span className={classes.swatch} data-kind="answered" aria-hidden />
            {t('wallboard.hours.answered')}
          </li>
          <li>
            <span className={classes.swatch} data-kind="missed" aria-hidden />
            {t('wallboard.hours.missed')}
          </li>
        </ul>
      </div>
      {hours.length === 0 && <p className={classes.none}>{t('wallboard.hours.none')}</p>}
      <ol className={classes.hours}>
        {shown.map((hour) => {
          const { answered, missed } = hours.find((one) => one.hour === hour) ?? { answered: 0, missed: 0 }
          return (
            <li key={hour} className={classes.hour}>
              <Bar hour={hour} answered={answered} missed={missed} most={most} />
              <span className={classes.hourName} aria-hidden>
                {hour}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

type BarProps = { hour: number; answered: number; missed: number; most: number }

function Bar({ hour, answered, missed, most }: BarProps) {
  const t = useT()
  const { board, today } = useShown()
  const total = answered + missed
  if (total === 0) return <span className={classes.noBar} />
  const from = momentOf({ day: today, time: `${String(hour).padStart(2, '0')}:00` }, board.zone)
  const to = new Date(Date.parse(from) + 3_600_000).toISOString()
  return (
    <ToCalls
      className={classes.column}
      search={{ direction: 'inbound', from, to }}
      label={t('wallboard.hours.hour', { count: total, from: hour, to: hour + 1, answered, missed })}
      style={{ '--share': total / most, '--answered': answered, '--missed': missed } as CSSProperties}
    >
      <span className={classes.total}>{formatNumber(total)}</span>
      <span className={classes.stack}>
        <span className={classes.missed} />
        <span className={classes.answered} />
      </span>
    </ToCalls>
  )
}
