import { Link, Outlet } from '@tanstack/react-router'
import { currentLocale, useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { sections } from './sections.ts'
import classes from './settings-layout.module.css'

/** The sections at the left and one of them at the right; on a phone one after the other. */
export function SettingsLayout() {
  const t = useT()
  const { may } = useMe()
  const shown = sections.filter(({ needs }) => !needs || may(needs))
  const groups = { own: shown.filter(({ needs }) => !needs), shared: shown.filter(({ needs }) => needs) }
  return (
    <div className={classes.layout}>
      <nav className={classes.list} aria-label={t('settings.title')}>
        {(['own', 'shared'] as const).map(
          (group) =>
            groups[group].length > 0 && (
              <div key={group} className={classes.group}>
                <h2 className={classes.groupName}>{t(`settings.groups.${group}`)}</h2>
                <ul className={classes.items}>
                  {groups[group].map(({ name, to, icon: Icon }) => (
                    <li key={name}>
                      <Link to={to} params={{ locale: currentLocale() }} className={classes.link}>
                        <Icon size={18} stroke={1.5} aria-hidden className={classes.icon} />
                        <span>
                          <span className={classes.name}>{t(`settings.sections.${name}.title`)}</span>
                          <span className={classes.text}>{t(`settings.sections.${name}.text`)}</span>
                        </span>
                      </Link>
                    </li>
                  ))}
                </ul>
              </div>
            ),
        )}
      </nav>
      <div className={classes.page}>
        <Outlet />
      </div>
    </div>
  )
}
