import type { CallbackView } from '@clinicacrm/contract/callbacks.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import table from '../ui/list-table.module.css'
import { Acts } from './acts.tsx'
import { Assigned } from './assigned.tsx'
import classes from './callbacks.module.css'
import { DialNumber } from './dial-number.tsx'
import { Tries } from './tries.tsx'
import { When } from './when.tsx'
import { Who } from './who.tsx'
import { Why } from './why.tsx'

export function CallbackTable({ callbacks }: { callbacks: CallbackView[] }) {
  const t = useT()
  const mayHandle = useMe().may('calls:handle')
  return (
    <table className={table.table} aria-label={t('callbacks.title')}>
      <thead>
        <tr>
          <th scope="col">{t('callbacks.fields.who')}</th>
          <th scope="col">{t('callbacks.fields.number')}</th>
          <th scope="col">{t('callbacks.fields.why')}</th>
          <th scope="col">{t('callbacks.fields.when')}</th>
          <th scope="col">{t('callbacks.fields.tries')}</th>
          <th scope="col">{t('callbacks.fields.assigned_to')}</th>
          {mayHandle && (
            <th scope="col">
              <span className={classes.hidden}>{t('callbacks.fields.acts')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {callbacks.map((callback) => (
          <tr key={callback.id} className={classes.row} data-escalated={callback.is_escalated || undefined}>
            <td className={classes.who}>
              <Who callback={callback} />
            </td>
            <td className={classes.number}>
              <DialNumber callback={callback} />
            </td>
            <td className={classes.why}>
              <Why callback={callback} />
            </td>
            <td className={classes.when}>
              <When callback={callback} />
            </td>
            <td className={classes.triesCell}>
              <Tries callback={callback} />
            </td>
            <td className={classes.assigned}>
              <Assigned callback={callback} />
            </td>
            {mayHandle && <td className={classes.acts}>{callback.state === 'open' && <Acts callback={callback} />}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
