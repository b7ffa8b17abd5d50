import type { RelationView } from '@clinicacrm/contract/patient-page.ts'
import { IconMessageCheck, IconMessageOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { formatDay } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { useCase } from './case-context.ts'
import { Panel } from './panel.tsx'
import classes from './side.module.css'

/** Who belongs to this patient, and who of them may be told about the case. */
export function Household() {
  const t = useT()
  const { page } = useCase()
  const people = page.relations.filter(({ kind }) => kind !== 'not_same_person')
  if (people.length === 0) return null
  return (
    <Panel title={t('case.household.title', { count: people.length })}>
      <ul className={classes.list}>
        {people.map((relation) => (
          <li key={relation.id}>
            <Person relation={relation} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Person({ relation: { other, kind, may_discuss, until } }: { relation: RelationView }) {
  const t = useT()
  const age = other.age !== null && t('case.top.age', { count: other.age })
  const Icon = may_discuss ? IconMessageCheck : IconMessageOff
  const permission =
    may_discuss && until
      ? t('case.household.may_discuss_until', { date: formatDay(until) })
      : t(may_discuss ? 'case.household.may_discuss' : 'case.household.may_not_discuss')
  return (
    <Link to="/$locale/patients/$id" params={{ locale: currentLocale(), id: other.id }} className={classes.row}>
      <span className={classes.main}>
        <bdi className={classes.text}>{other.name}</bdi>
        <span className={classes.meta}>
          {age
            ? t('case.household.kind_and_age', { kind: t(`case.household.kinds.${kind}`), age })
            : t(`case.household.kinds.${kind}`)}
        </span>
        <span className={classes.permission} data-may={may_discuss || undefined}>
          <Icon size={14} stroke={1.75} aria-hidden />
          {permission}
        </span>
      </span>
    </Link>
  )
}
