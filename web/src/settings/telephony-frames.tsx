import { listFrameOrigins } from '@clinicacrm/contract/frames.ts'
import { listConnectorLines } from '@clinicacrm/contract/telephony.ts'
import { Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { Fieldset } from './fieldset.tsx'
import { Panel } from './panel.tsx'
import classes from './table.module.css'
import { FrameForm } from './telephony-frame-form.tsx'
import { useOpen } from './use-open.ts'
import { useTelephonyRights } from './use-telephony.ts'

/** In whose windows our panel may be shown: nobody's, until somebody says so. */
export function TelephonyFrames() {
  const t = useT()
  const { open, show, close } = useOpen()
  const { mayChangeAll } = useTelephonyRights()
  const { data, error, refetch } = useQuery(queryOf(listFrameOrigins, {}))
  const { data: lines } = useQuery(queryOf(listConnectorLines, {}))
  const titleOf = (name: string) => lines?.connectors.find((one) => one.name === name)?.title ?? name
  const opened = mayChangeAll ? data?.frames.find(({ connector }) => open === `frame-${connector}`) : undefined
  return (
    <Fieldset title={t('telephony.frames.title')} text={t('telephony.frames.text')}>
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={5} height={44} />}
      {data && (
        <Table className={classes.table!}>
          <Table.Caption className={classes.hidden!}>{t('telephony.frames.title')}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('telephony.frames.connector')}</Table.Th>
              <Table.Th>{t('telephony.frames.origins')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.frames.map(({ connector, origins }) => (
              <Table.Tr key={connector} className={classes.row!}>
                <Table.Td>
                  {mayChangeAll ? (
                    <button type="button" className={classes.open} onClick={() => show(`frame-${connector}`)}>
                      {titleOf(connector)}
                    </button>
                  ) : (
                    titleOf(connector)
                  )}
                </Table.Td>
                <Table.Td className={classes.meta!}>
                  {origins.length > 0 ? (
                    origins.map((origin) => (
                      <Text key={origin} size="sm">
                        {origin.replace('https://', '')}
                      </Text>
                    ))
                  ) : (
                    <Text size="sm" c="dimmed">
                      {t('telephony.frames.nobody')}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Panel opened={opened !== undefined} title={opened ? titleOf(opened.connector) : ''} onClose={close}>
        {opened && <FrameForm key={opened.connector} frame={opened} onDone={close} />}
      </Panel>
    </Fieldset>
  )
}
