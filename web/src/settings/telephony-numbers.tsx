import { type DialledNumberView, listDialledNumbers } from '@clinicacrm/contract/telephony.ts'
import { Button, Table, Text } from '@mantine/core'
import { IconPhone, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { formatPhone } from '../format.ts'
import { localeNames, useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { Fieldset } from './fieldset.tsx'
import { Panel } from './panel.tsx'
import classes from './table.module.css'
import { NumberForm } from './telephony-number-form.tsx'
import { useOpen } from './use-open.ts'
import { useTelephonyRights } from './use-telephony.ts'

/** The numbers people call: each says which clinic is meant, in which language, and what brought the caller. */
export function TelephonyNumbers() {
  const t = useT()
  const { open, show, close } = useOpen()
  const { mayChange, mayChangeFor } = useTelephonyRights()
  const { data, error, refetch } = useQuery(queryOf(listDialledNumbers, {}))
  const opened = data?.numbers.find(({ id, clinic_id }) => open === `number-${id}` && mayChangeFor(clinic_id))
  const isNew = open === 'number' && mayChange
  const add = mayChange && (
    <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => show('number')}>
      {t('telephony.numbers.add')}
    </Button>
  )
  return (
    <Fieldset title={t('telephony.numbers.title')} text={t('telephony.numbers.text')} actions={add}>
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={3} height={44} />}
      {data?.numbers.length === 0 && (
        <EmptyState
          icon={<IconPhone size={20} />}
          title={t('telephony.numbers.none')}
          text={t('telephony.numbers.none_text')}
        />
      )}
      {data && data.numbers.length > 0 && <Numbers numbers={data.numbers} onOpen={(id) => show(`number-${id}`)} />}
      <Panel
        opened={isNew || opened !== undefined}
        title={opened ? formatPhone(opened.number) : t('telephony.numbers.add')}
        onClose={close}
      >
        {(isNew || opened) && <NumberForm key={open} number={opened ?? null} onDone={close} />}
      </Panel>
    </Fieldset>
  )
}

type Props = { numbers: DialledNumberView[]; onOpen: (id: string) => void }

function Numbers({ numbers, onOpen }: Props) {
  const t = useT()
  const { mayChangeFor } = useTelephonyRights()
  return (
    <Table className={classes.table!}>
      <Table.Caption className={classes.hidden!}>{t('telephony.numbers.title')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('telephony.numbers.number')}</Table.Th>
          <Table.Th>{t('telephony.numbers.clinic')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('telephony.numbers.locale')}</Table.Th>
          <Table.Th visibleFrom="md">{t('telephony.numbers.campaign')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {numbers.map(({ id, number, label, clinic_id, clinic, locale, campaign, origin }) => (
          <Table.Tr key={id} className={classes.row!}>
            <Table.Td>
              {mayChangeFor(clinic_id) ? (
                <button type="button" className={classes.open} onClick={() => onOpen(id)}>
                  {formatPhone(number)}
                </button>
              ) : (
                formatPhone(number)
              )}
              <Text size="xs" c="dimmed" className={classes.meta!}>
                {label}
              </Text>
            </Table.Td>
            <Table.Td className={classes.meta!}>{clinic ?? t('telephony.numbers.any_clinic')}</Table.Td>
            <Table.Td visibleFrom="sm" className={classes.quiet!}>
              {locale && localeNames[locale]}
            </Table.Td>
            <Table.Td visibleFrom="md" className={classes.meta!}>
              {campaign ?? origin}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
