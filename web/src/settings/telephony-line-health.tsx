import type { ConnectorLineView } from '@clinicacrm/contract/telephony.ts'
import { Alert, Text } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { formatAgo, formatDateTime, formatNumber } from '../format.ts'
import { useT } from '../i18n.ts'
import { LineMark } from './telephony-line-mark.tsx'

/** What came over the line, and what was wrong with it. */
export function LineHealth({ line }: { line: ConnectorLineView }) {
  const t = useT()
  const { last_event_at, last_error, last_error_at, event_count: count, hint } = line
  return (
    <div>
      <LineMark line={line} />
      <Text size="sm" c="dimmed" mt="xs">
        {last_event_at
          ? t('telephony.lines.received', { count, shown: formatNumber(count), when: formatAgo(last_event_at) })
          : t('telephony.lines.received_none')}
      </Text>
      <Text size="sm" c="dimmed">
        {t('telephony.lines.hint', { hint })}
      </Text>
      {last_error && last_error_at && (
        <Alert
          mt="sm"
          color="red"
          icon={<IconAlertCircle size={18} />}
          title={t('telephony.lines.last_error', { when: formatDateTime(last_error_at) })}
        >
          {last_error}
        </Alert>
      )}
    </div>
  )
}
