import { listPatients, type PatientView } from '@clinicacrm/contract/patients.ts'
import { Button, CloseButton, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch, IconUserOff, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { call } from '../api.ts'
import { formatDate, formatDay, formatPhone, fullName } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { useShortcut } from '../shortcuts.ts'
import { ClosedPage } from '../ui/closed-page.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import table from '../ui/list-table.module.css'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import classes from './patients-page.module.css'

const pageSize = 50

export function PatientsPage() {
  const t = useT()
  return useMe().may('patients:read') ? <OpenPatients /> : <ClosedPage title={t('patients.title')} />
}

function OpenPatients() {
  const t = useT()
  const { search = '' } = useSearch({ strict: false }) as { search?: string }
  const [asked] = useDebouncedValue(search.trim(), 150)
  const patients = useInfiniteQuery({
    queryKey: [listPatients.name, { search: asked }],
    queryFn: ({ pageParam, signal }) =>
      call(
        listPatients,
        { query: { ...(asked && { search: asked }), cursor: pageParam, limit: pageSize } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  const rows = patients.data?.pages.flatMap((page) => page.patients) ?? []

  return (
    <>
      <PageHeader title={t('patients.title')} />
      <div className={table.page}>
        <SearchBox search={search} />
        {patients.isPending && <SkeletonRows rows={12} height={44} />}
        {patients.isError && <ErrorPanel error={patients.error} onRetry={() => void patients.refetch()} />}
        {patients.isSuccess && rows.length === 0 && <Nobody search={asked} />}
        {rows.length > 0 && (
          <div aria-busy={patients.isFetching}>
            <PatientTable patients={rows} />
          </div>
        )}
        {patients.hasNextPage && (
          <Button
            variant="default"
            className={table.more}
            loading={patients.isFetchingNextPage}
            onClick={() => void patients.fetchNextPage()}
          >
            {t('patients.list.more')}
          </Button>
        )}
      </div>
    </>
  )
}

function SearchBox({ search }: { search: string }) {
  const t = useT()
  const box = useRef<HTMLInputElement>(null)
  const navigate = useNavigate()
  useShortcut('/', () => box.current?.focus(), { description: t('patients.list.search_key') })
  // What is typed shows at once; the address follows.
  const [typed, setTyped] = useState({ text: search, address: search })
  const text = typed.address === search ? typed.text : search

  function ask(value: string) {
    setTyped({ text: value, address: value })
    void navigate({ to: '.', search: (value ? { search: value } : {}) as never, replace: true })
  }
  return (
    <TextInput
      ref={box}
      type="search"
      className={classes.search ?? ''}
      aria-label={t('patients.list.search')}
      placeholder={t('patients.list.search_hint')}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label={t('patients.list.clear')} onClick={() => ask('')} />}
      value={text}
      maxLength={200}
      onChange={(event) => ask(event.currentTarget.value)}
    />
  )
}

function Nobody({ search }: { search: string }) {
  const t = useT()
  if (!search) {
    return (
      <EmptyState
        icon={<IconUsers size={28} />}
        title={t('patients.list.none_yet')}
        text={t('patients.list.none_yet_text')}
      />
    )
  }
  return (
    <EmptyState
      icon={<IconUserOff size={28} />}
      title={t('patients.list.none_found', { search })}
      text={t('patients.list.none_found_text')}
    />
  )
}

function PatientTable({ patients }: { patients: PatientView[] }) {
  const t = useT()
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">{t('patients.fields.name')}</th>
          <th scope="col">{t('patients.fields.numbers')}</th>
          <th scope="col">{t('patients.fields.email')}</th>
          <th scope="col">{t('patients.fields.birth_date')}</th>
          <th scope="col">{t('patients.fields.clinic')}</th>
          <th scope="col" className={table.count}>
            {t('patients.fields.cases')}
          </th>
          <th scope="col">{t('patients.fields.since')}</th>
        </tr>
      </thead>
      <tbody>
        {patients.map((patient) => (
          <PatientRow key={patient.id} patient={patient} />
        ))}
      </tbody>
    </table>
  )
}

function PatientRow({ patient }: { patient: PatientView }) {
  const t = useT()
  const numbers = [patient.phone, patient.home_phone, patient.cell_phone].filter((number) => number?.trim())
  return (
    <tr className={table.row}>
      <td className={table.name}>
        <Link
          to="/$locale/patients/$id"
          params={{ locale: currentLocale(), id: patient.id }}
          className={table.link ?? ''}
          dir="auto"
        >
          {fullName(patient) || t('patients.unnamed')}
        </Link>
        {patient.do_not_contact && <span className={table.flag}>{t('patients.do_not_contact_short')}</span>}
      </td>
      <td data-tabular className={classes.numbers}>
        {numbers.map((number) => formatPhone(number!)).join(' · ')}
      </td>
      <td className={classes.email}>{patient.email}</td>
      <td data-label={t('patients.fields.birth_date')}>{patient.birth_date && formatDay(patient.birth_date)}</td>
      <td>{patient.clinic}</td>
      <td className={table.count}>{patient.case_ids.length}</td>
      <td data-label={t('patients.fields.since')}>
        <time dateTime={patient.created_at}>{formatDate(patient.created_at)}</time>
      </td>
    </tr>
  )
}
