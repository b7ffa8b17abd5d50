import '@mantine/spotlight/styles.layer.css'
import { searchEverything } from '@clinicacrm/contract/patient-page.ts'
import { Highlight } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconBriefcase, IconSearch, IconUser } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { formatNumber } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { useStatusLabel } from '../ui/status-chip.tsx'
import { type Command, useCommands } from './commands.tsx'
import classes from './palette.module.css'

const [store, spotlight] = createSpotlight()
const minimum = 2

/** One box for every page, action, patient and case: half a name, four digits or a number of a case will do. */
export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT()
  const [query, setQuery] = useState('')
  useEffect(() => (opened ? spotlight.open() : spotlight.close()), [opened])
  const commands = useCommands().filter(({ label }) => fits(label, query))

  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight="min(30rem, 70dvh)"
      size="lg"
      yOffset="12vh"
      attributes={{ content: { 'aria-label': t('desk.palette.label') } }}
    >
      <Spotlight.Search
        aria-label={t('desk.palette.label')}
        placeholder={t('desk.palette.hint')}
        leftSection={<IconSearch size={18} aria-hidden />}
        maxLength={200}
      />
      <Spotlight.ActionsList>
        <Found query={query} hasCommands={commands.length > 0} />
        {commands.length > 0 && (
          <Spotlight.ActionsGroup label={t('desk.palette.commands')}>
            {commands.map((command) => (
              <CommandRow key={command.label} command={command} />
            ))}
          </Spotlight.ActionsGroup>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/** Patients and the case whose number was typed. */
function Found({ query, hasCommands }: { query: string; hasCommands: boolean }) {
  const t = useT()
  const statusLabel = useStatusLabel()
  const { q, found, data, count } = useFound(query)
  if (found.isError) return <Spotlight.Empty>{t('desk.palette.failed')}</Spotlight.Empty>
  if (!data) return null
  if (count === 0 && !hasCommands) return <Spotlight.Empty>{t('desk.palette.nothing', { query: q })}</Spotlight.Empty>
  return (
    <>
      {data.case && (
        <Spotlight.ActionsGroup label={t('desk.palette.case')}>
          <Hit
            to="cases"
            id={data.case.id}
            icon={<IconBriefcase size={18} />}
            name={t('desk.palette.case_of', { id: data.case.id, name: data.case.name })}
            about={[statusLabel(data.case.status), data.case.clinic]}
            query={q}
          />
        </Spotlight.ActionsGroup>
      )}
      {data.patients.length > 0 && (
        <Spotlight.ActionsGroup label={t('desk.palette.patients')}>
          {data.patients.map((patient) => (
            <Hit
              key={patient.id}
              to={patient.latest_case ? 'cases' : 'patients'}
              id={patient.latest_case?.id ?? patient.id}
              icon={<IconUser size={18} />}
              name={patient.name || t('desk.palette.unnamed')}
              about={[
                patient.matched.field === 'name' ? null : patient.matched.text,
                patient.age === null ? null : t('desk.palette.age', { count: patient.age }),
                patient.latest_case && t('desk.palette.latest_case', { id: patient.latest_case.id }),
                patient.latest_case && statusLabel(patient.latest_case.status),
                patient.latest_case?.treatment ?? null,
                patient.clinic,
              ]}
              query={q}
            />
          ))}
        </Spotlight.ActionsGroup>
      )}
      {data.too_broad && <p className={classes.broad}>{t('desk.palette.too_broad', { shown: formatNumber(count) })}</p>}
    </>
  )
}

/** What the server finds, a moment after the last key; said aloud and ready for Enter. */
function useFound(query: string) {
  const t = useT()
  const { may } = useMe()
  const [q] = useDebouncedValue(query.trim(), 120)
  const isAsked = q.length >= minimum || /^#?\d+$/.test(q)
  const found = useQuery({
    ...queryOf(searchEverything, { query: { q } }),
    enabled: isAsked && may('cases:read'),
    placeholderData: keepPreviousData,
  })
  const data = isAsked ? found.data : undefined
  const count = (data?.patients.length ?? 0) + (data?.case ? 1 : 0)
  useEffect(() => {
    if (!data || found.isFetching) return
    selectFirst()
    announce(t('desk.palette.found', { count }))
  }, [t, data, found.isFetching, count])
  return { q, found, data, count }
}

/** What is found comes later than Mantine selects: nothing would be selected, and Enter would do nothing. */
function selectFirst() {
  const list = document.getElementById(store.getState().listId)
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected')
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
  store.updateState((state) => ({ ...state, selected: 0 }))
}

type HitProps = {
  to: 'cases' | 'patients'
  id: string
  icon: ReactNode
  name: string
  about: (string | null)[]
  query: string
}

function Hit({ to, id, icon, name, about, query }: HitProps) {
  const navigate = useNavigate()
  const params = { locale: currentLocale(), id }
  const open = () =>
    void (to === 'cases'
      ? navigate({ to: '/$locale/cases/$id', params })
      : navigate({ to: '/$locale/patients/$id', params }))
  const words = query.split(/\s+/)
  return (
    <Spotlight.Action onClick={open} className={classes.action}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <span className={classes.body}>
        <Highlight component="span" highlight={words} className={classes.name} dir="auto">
          {name}
        </Highlight>
        <Highlight component="span" highlight={words} className={classes.about}>
          {about.filter(Boolean).join(' · ')}
        </Highlight>
      </span>
    </Spotlight.Action>
  )
}

function CommandRow({ command: { label, icon: Icon, keys, run } }: { command: Command }) {
  return (
    <Spotlight.Action onClick={run} className={classes.action}>
      <span className={classes.icon} aria-hidden>
        <Icon size={18} />
      </span>
      <span className={classes.body}>{label}</span>
      {keys && <KeyHint keys={keys} />}
    </Spotlight.Action>
  )
}

/** Every word of the query somewhere in the label; accents and case do not matter. */
function fits(label: string, query: string) {
  const folded = fold(label)
  return fold(query)
    .split(/\s+/)
    .every((word) => folded.includes(word))
}

const fold = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
