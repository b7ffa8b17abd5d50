import type { ConnectorView } from '@clinicacrm/contract/connectors.ts'
import { listFrameOrigins } from '@clinicacrm/contract/frames.ts'
import { Anchor, Button, Text } from '@mantine/core'
import { IconPhone } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { currentLocale, useT } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { queryOf } from '../query.ts'
import { CopyField } from './copy-field.tsx'
import { Fieldset } from './fieldset.tsx'
import { useTelephonyRights } from './use-telephony.ts'

/** Where our panel and the platform's telephone are to be found. */
export function ConnectorAddresses({ connector: { name, has_panel, has_softphone } }: { connector: ConnectorView }) {
  const t = useT()
  const base = location.origin + preloaded.base_path
  const phone = `${base}/${currentLocale()}/phone/${name}`
  return (
    <Fieldset title={t('connectors.addresses.title')} text={t('connectors.addresses.text')}>
      {has_panel && (
        <div>
          <CopyField
            label={t('connectors.addresses.panel')}
            copy={t('connectors.addresses.copy_panel')}
            text={`${base}/embed/${name}`}
          />
          <Allowed name={name} />
        </div>
      )}
      {has_softphone && (
        <CopyField label={t('connectors.addresses.phone')} copy={t('connectors.addresses.copy_phone')} text={phone}>
          <Button
            component="a"
            href={phone}
            target={`clinicacrm-phone-${name}`}
            variant="default"
            size="xs"
            leftSection={<IconPhone size={14} aria-hidden />}
            onClick={(event) => {
              // A window of its own where the browser allows it; otherwise the link does as links do.
              if (openSmall(phone, `clinicacrm-phone-${name}`)) event.preventDefault()
            }}
          >
            {t('connectors.addresses.open_phone')}
          </Button>
        </CopyField>
      )}
    </Fieldset>
  )
}

const openSmall = (url: string, name: string) => window.open(url, name, 'popup,width=420,height=720')

function Allowed({ name }: { name: string }) {
  const t = useT()
  const { mayChangeAll } = useTelephonyRights()
  const { data } = useQuery(queryOf(listFrameOrigins, {}))
  const origins = data?.frames.find(({ connector }) => connector === name)?.origins
  if (!origins) return null
  const list = new Intl.ListFormat(currentLocale(), { type: 'conjunction' }).format(
    origins.map((origin) => origin.replace('https://', '')),
  )
  return (
    <Text size="sm" c="dimmed" mt="xs" component="div">
      {origins.length > 0 ? t('connectors.addresses.allowed', { origins: list }) : t('connectors.addresses.nobody')}{' '}
      {mayChangeAll && (
        <Anchor
          inherit
          underline="always"
          renderRoot={(props) => (
            <Link
              {...props}
              to="/$locale/settings/telephony"
              params={{ locale: currentLocale() }}
              search={{ open: `frame-${name}` }}
            />
          )}
        >
          {t(origins.length > 0 ? 'connectors.addresses.change' : 'connectors.addresses.allow')}
        </Anchor>
      )}
    </Text>
  )
}
