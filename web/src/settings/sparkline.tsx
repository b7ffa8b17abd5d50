import { useT } from '../i18n.ts'
import { formatNumber } from '../format.ts'
import classes from './sparkline.module.css'

const height = 24
const barWidth = 4

/** One bar an hour, the running one last. Its sum is its name. */
export function Sparkline({ values }: { values: number[] }) {
  const t = useT()
  const highest = Math.max(1, ...values)
  const sum = values.reduce((total, value) => total + value, 0)
  const label = t('settings.keys.last_24_hours', { count: sum, shown: formatNumber(sum) })
  return (
    <span className={classes.sparkline} title={label}>
      <svg
        viewBox={`0 0 ${values.length * barWidth} ${height}`}
        className={classes.bars}
        role="img"
        aria-label={label}
        preserveAspectRatio="none"
      >
        {values.map((value, hour) => {
          const size = value === 0 ? 1 : Math.max(2, (value / highest) * height)
          return (
            <rect
              key={hour}
              x={hour * barWidth}
              y={height - size}
              width={barWidth - 1}
              height={size}
              data-empty={value === 0 || undefined}
            />
          )
        })}
      </svg>
      <span className={classes.sum} aria-hidden>
        {formatNumber(sum)}
      </span>
    </span>
  )
}
