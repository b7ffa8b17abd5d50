import { searchEverything } from '@clinicacrm/contract/patient-page.ts'
import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { useStatusLabel } from '../ui/status-chip.tsx'
import cardClasses from './cards.module.css'
import classes from './chooser.module.css'

const most = 6
const pauseMs = 150

type Props = { onChoose: (patientId: string, name: string) => void; asksIdentity: boolean }

/** Who the number does not tell is searched for by what they say of themselves. Opened by hand, so it may take the focus. */
export function FindCaller({ onChoose, asksIdentity }: Props) {
  const t = useT()
  const statusLabel = useStatusLabel()
  const [text, setText] = useState('')
  const { people, isTooBroad, isNobody } = usePeople(text)

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !people[0]) return
    event.preventDefault()
    onChoose(people[0].id, people[0].name)
  }
  return (
    <div className={classes.find}>
      {asksIdentity && (
        <p className={cardClasses.quiet}>
          {t('calls.find.ask')} {t('calls.find.question_name')} {t('calls.find.question_birth')}
        </p>
      )}
      <TextInput
        size="sm"
        aria-label={t('calls.find.label')}
        placeholder={t('calls.find.hint')}
        autoComplete="off"
        maxLength={200}
        autoFocus
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {people.length > 0 && (
        <ul className={classes.list}>
          {people.map(({ id, name, age, clinic, latest_case }) => (
            <li key={id}>
              <button type="button" className={classes.row} onClick={() => onChoose(id, name)}>
                <span className={classes.who}>
                  <bdi className={classes.name}>{name}</bdi>
                  <span className={classes.about}>
                    {[age !== null && t('case.top.age', { count: age }), clinic].filter(Boolean).join(' · ')}
                  </span>
                </span>
                <span className={classes.next}>
                  {latest_case ? statusLabel(latest_case.status) : t('calls.no_case')}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {isTooBroad && <p className={cardClasses.quiet}>{t('calls.find.too_broad')}</p>}
      {isNobody && <p className={cardClasses.quiet}>{t('calls.find.nobody')}</p>}
    </div>
  )
}

function usePeople(text: string) {
  const t = useT()
  const [q] = useDebouncedValue(text.trim(), pauseMs)
  const isAsked = q.length >= 2
  const { data, isFetching } = useQuery({
    ...queryOf(searchEverything, { query: { q } }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  })
  const found = isAsked ? data : undefined
  const count = found?.patients.length ?? 0
  useEffect(() => {
    if (found && !isFetching) announce(t('calls.find.found', { count }))
  }, [t, found, isFetching, count])
  return {
    people: found?.patients.slice(0, most) ?? [],
    isTooBroad: found?.too_broad === true,
    isNobody: found !== undefined && !isFetching && count === 0,
  }
}
