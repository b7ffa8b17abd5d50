import { IconEye, IconPencil } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { PersonAvatar } from '../ui/person-avatar.tsx'
import { useCase } from './case-context.ts'
import { Panel } from './panel.tsx'
import classes from './side.module.css'
import { useWatch } from './use-watch.ts'

/** Who else has this case open, and whether they are changing it. */
export function Watchers() {
  const t = useT()
  const { id, page } = useCase()
  const others = useWatch(id, page.viewers)
  if (others.length === 0) return null
  return (
    <Panel title={t('case.watchers.title')}>
      <ul className={classes.list}>
        {others.map(({ user_id, name, editing }) => (
          <li key={user_id} className={classes.watcher}>
            <PersonAvatar name={name} size={20} />
            <bdi className={classes.text}>{name}</bdi>
            <span className={classes.permission} data-may={editing || undefined}>
              {editing ? (
                <IconPencil size={14} stroke={1.75} aria-hidden />
              ) : (
                <IconEye size={14} stroke={1.75} aria-hidden />
              )}
              {t(editing ? 'case.watchers.editing' : 'case.watchers.watching')}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
