import { IconArrowRight } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import classes from './connectors.module.css'

/** The stations of a call from left to right, ours among them marked; on a phone from top to bottom. */
export function ConnectorFlow({ stations }: { stations: readonly string[] }) {
  const t = useT()
  if (stations.length === 0) return null
  return (
    <ol className={classes.flow} aria-label={t('connectors.flow')}>
      {stations.map((station, i) => (
        <li key={`${i} ${station}`} className={classes.station}>
          {i > 0 && <IconArrowRight size={18} stroke={1.5} aria-hidden className={classes.arrow} />}
          <span className={classes.place} data-ours={station === 'ClínicaCRM' || undefined}>
            {station}
          </span>
        </li>
      ))}
    </ol>
  )
}
