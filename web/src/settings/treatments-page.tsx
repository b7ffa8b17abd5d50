import { listTreatments } from '@clinicacrm/contract/treatments.ts'
import { Button, Table, Text } from '@mantine/core'
import { IconCheck, IconPlayerPause, IconPlus, IconStethoscope } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReplyOf } from '../api.ts'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { Mark } from './mark.tsx'
import { Panel } from './panel.tsx'
import { Section } from './section.tsx'
import classes from './table.module.css'
import { TreatmentForm } from './treatment-form.tsx'
import { useOpen } from './use-open.ts'

type Treatment = ReplyOf<typeof listTreatments>['treatments'][number]

/** What cases can be about. */
export function TreatmentsPage() {
  const t = useT()
  const { show } = useOpen()
  return (
    <Section
      name="treatments"
      actions={
        <Button
          leftSection={<IconPlus size={16} />}
          aria-label={t('settings.treatments.add')}
          onClick={() => show('new')}
        >
          {t('settings.add')}
        </Button>
      }
    >
      <Treatments />
    </Section>
  )
}

function Treatments() {
  const t = useT()
  const { open, show, close } = useOpen()
  const { data, error, refetch } = useQuery(queryOf(listTreatments, {}))
  const opened = data?.treatments.find(({ id }) => id === open)
  return (
    <>
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={8} height={44} />}
      {data?.treatments.length === 0 && (
        <EmptyState
          icon={<IconStethoscope size={20} />}
          title={t('settings.treatments.none')}
          text={t('settings.treatments.none_text')}
        />
      )}
      {data && data.treatments.length > 0 && <TreatmentsTable treatments={data.treatments} onOpen={show} />}
      <Panel
        opened={open === 'new' || opened !== undefined}
        title={opened?.name ?? t('settings.treatments.add')}
        onClose={close}
      >
        {(opened || open === 'new') && <TreatmentForm key={open} treatment={opened ?? null} onDone={close} />}
      </Panel>
    </>
  )
}

function TreatmentsTable({ treatments, onOpen }: { treatments: Treatment[]; onOpen: (id: string) => void }) {
  const t = useT()
  return (
    <Table className={classes.table!}>
      <Table.Caption className={classes.hidden!}>{t('settings.sections.treatments.title')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('settings.treatments.name')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('settings.treatments.area')}</Table.Th>
          <Table.Th>{t('settings.treatments.state')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {treatments.map(({ id, name, code, area, active }) => (
          <Table.Tr key={id} className={classes.row!}>
            <Table.Td>
              <button type="button" className={classes.open} onClick={() => onOpen(id)}>
                {name}
              </button>
              <Text size="xs" c="dimmed" className={classes.meta!}>
                {code}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">{t(`settings.areas.${area}`)}</Table.Td>
            <Table.Td>
              <Mark icon={active ? IconCheck : IconPlayerPause} colour={active ? 'green' : 'gray'}>
                {active ? t('settings.treatments.active') : t('settings.treatments.retired')}
              </Mark>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
