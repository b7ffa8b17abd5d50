import { IconEye, IconPencil } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { PersonAvatar } from '../ui/person-avatar.tsx'
import { useCase } from './case-context.ts'
import { useWatch } from './use-watch.ts'
import classes from './watchers.module.css'

/** Who else has this case open, and whether they are changing it. */
export function Watchers() {
  const t = useT()
  const { id, page } = useCase()
  const others = useWatch(id, page.viewers)
  if (others.length === 0) return null
  return (
    <ul className={classes.watchers} aria-label={t('case.watchers.title')}>
      {others.map(({ user_id, name, editing }) => {
        const Icon = editing ? IconPencil : IconEye
        const doing = t(editing ? 'case.watchers.editing' : 'case.watchers.watching', { name })
        return (
          <li key={user_id} className={classes.watcher} data-editing={editing || undefined} title={doing}>
            <PersonAvatar name={name} size={24} />
            <Icon size={14} stroke={1.75} aria-hidden />
            <span className={classes.doing}>{doing}</span>
          </li>
        )
      })}
    </ul>
  )
}
