import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { Button } from '@mantine/core'
import { IconArrowsSplit2 } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { formatAgo } from '../format.ts'
import { useT } from '../i18n.ts'
import { useNow } from '../ui/use-now.ts'
import { useCase } from './case-context.ts'
import { type Edit, type Field, resolved } from './edits.ts'
import type { Unsent } from './outbox.ts'
import classes from './unsaved.module.css'
import { useWords } from './words.ts'

type Props = { item: Unsent<Edit>; theirs: CaseView; contested: Field[] }
type Side = 'mine' | 'theirs'

/** Two people changed the same: both versions, field by field, and a choice. */
export function Conflict({ item, theirs, contested }: Props) {
  const t = useT()
  const { edits } = useCase()
  const [chosen, setChosen] = useState<Partial<Record<Field, Side>>>({})
  const sideOf = (field: Field) => chosen[field] ?? 'mine'

  function submit(event: FormEvent) {
    event.preventDefault()
    const next = resolved(item.value, theirs, new Set(contested.filter((field) => sideOf(field) === 'theirs')))
    if (next) edits.retry(item.key, next)
    else edits.drop(item.key)
  }
  return (
    <form className={classes.item} onSubmit={submit} aria-label={t('case.conflict.title')}>
      <h3 className={classes.title} role="alert">
        <IconArrowsSplit2 size={16} stroke={1.75} aria-hidden />
        {t('case.conflict.title')}
      </h3>
      <p className={classes.why}>{t('case.conflict.text')}</p>
      {contested.map((field) => (
        <Versions
          key={field}
          field={field}
          edit={item.value}
          theirs={theirs}
          side={sideOf(field)}
          onChoose={(side) => setChosen({ ...chosen, [field]: side })}
        />
      ))}
      <div className={classes.buttons}>
        <Button size="compact-sm" type="submit">
          {t('case.conflict.save')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => edits.drop(item.key)}>
          {t('case.conflict.take_theirs')}
        </Button>
      </div>
    </form>
  )
}

type VersionsProps = { field: Field; edit: Edit; theirs: CaseView; side: Side; onChoose: (side: Side) => void }

function Versions({ field, edit, theirs, side, onChoose }: VersionsProps) {
  const t = useT()
  const { page } = useCase()
  const zone = page.clinic_zone
  const now = useNow()
  const words = useWords(zone)
  const who = page.timeline.find(({ changes }) => changes.some((change) => change.field === field))
  const versions = [
    { side: 'mine' as const, whose: t('case.conflict.mine'), value: edit.change[field] },
    {
      side: 'theirs' as const,
      whose: who
        ? t('case.conflict.theirs_by', { who: who.actor, when: formatAgo(who.at, { zone, now }) })
        : t('case.conflict.theirs'),
      value: theirs[field],
    },
  ]
  return (
    <fieldset className={classes.field}>
      <legend className={classes.legend}>{words.field(field)}</legend>
      <p className={classes.was}>
        <bdi>{t('case.conflict.was', { value: words.value(field, edit.base[field]) })}</bdi>
      </p>
      <div className={classes.versions}>
        {versions.map((version) => (
          <label key={version.side} className={classes.version}>
            <span className={classes.whose}>
              <input
                type="radio"
                name={`conflict-${field}`}
                checked={side === version.side}
                onChange={() => onChoose(version.side)}
              />
              {version.whose}
            </span>
            <bdi className={classes.value}>{words.value(field, version.value)}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
