import { listClinics } from '@clinicacrm/contract/clinics.ts'
import { Button, Table, Text } from '@mantine/core'
import { IconBuildingHospital, IconCheck, IconPlayerPause, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReplyOf } from '../api.ts'
import { localeNames, useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { useMe } from '../session.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { ClinicPanel } from './clinic-panel.tsx'
import { Mark } from './mark.tsx'
import { Panel } from './panel.tsx'
import { Section } from './section.tsx'
import classes from './table.module.css'
import { useOpen } from './use-open.ts'

type Clinic = ReplyOf<typeof listClinics>['clinics'][number]

/** The houses: what they are called, where they are, and which clock hangs there. */
export function ClinicsPage() {
  const t = useT()
  const { all_clinics, may } = useMe()
  const { show } = useOpen()
  const add = all_clinics && may('clinics:write') && (
    <Button leftSection={<IconPlus size={16} />} aria-label={t('settings.clinics.add')} onClick={() => show('new')}>
      {t('settings.add')}
    </Button>
  )
  return (
    <Section name="clinics" actions={add}>
      <Clinics />
    </Section>
  )
}

function Clinics() {
  const t = useT()
  const { may } = useMe()
  const { open, show, close } = useOpen()
  const { data, error, refetch } = useQuery(queryOf(listClinics, {}))
  const isNew = open === 'new' && may('clinics:write')
  const opened = data?.clinics.find(({ id }) => id === open)
  return (
    <>
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={5} height={44} />}
      {data?.clinics.length === 0 && (
        <EmptyState
          icon={<IconBuildingHospital size={20} />}
          title={t('settings.clinics.none')}
          text={t('settings.clinics.none_text')}
        />
      )}
      {data && data.clinics.length > 0 && <ClinicsTable clinics={data.clinics} onOpen={show} />}
      <Panel opened={isNew || opened !== undefined} title={opened?.name ?? t('settings.clinics.add')} onClose={close}>
        {(opened || isNew) && <ClinicPanel key={open} clinic={opened ?? null} onDone={close} />}
      </Panel>
    </>
  )
}

function ClinicsTable({ clinics, onOpen }: { clinics: Clinic[]; onOpen: (id: string) => void }) {
  const t = useT()
  return (
    <Table className={classes.table!}>
      <Table.Caption className={classes.hidden!}>{t('settings.sections.clinics.title')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('settings.clinics.name')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('settings.clinics.city')}</Table.Th>
          <Table.Th visibleFrom="md">{t('settings.clinics.phone')}</Table.Th>
          <Table.Th visibleFrom="md">{t('settings.clinics.zone')}</Table.Th>
          <Table.Th visibleFrom="lg">{t('settings.clinics.locale')}</Table.Th>
          <Table.Th>{t('settings.clinics.state')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {clinics.map((clinic) => (
          <Table.Tr key={clinic.id} className={classes.row!}>
            <Table.Td>
              <button type="button" className={classes.open} onClick={() => onOpen(clinic.id)}>
                {clinic.name}
              </button>
              <Text size="xs" c="dimmed" className={classes.meta!}>
                {clinic.code}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">{clinic.city}</Table.Td>
            <Table.Td visibleFrom="md" className={classes.quiet!}>
              {clinic.phone}
            </Table.Td>
            <Table.Td visibleFrom="md" className={classes.quiet!}>
              {clinic.zone}
            </Table.Td>
            <Table.Td visibleFrom="lg" className={classes.quiet!}>
              {localeNames[clinic.locale]}
            </Table.Td>
            <Table.Td>
              <Mark icon={clinic.active ? IconCheck : IconPlayerPause} colour={clinic.active ? 'green' : 'gray'}>
                {clinic.active ? t('settings.clinics.active') : t('settings.clinics.closed')}
              </Mark>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
