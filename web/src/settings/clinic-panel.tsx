import type { ClinicFields } from '@clinicacrm/contract/clinics.ts'
import { Stack } from '@mantine/core'
import { localeNames, useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { ClinicForm } from './clinic-form.tsx'
import { ClinicHours } from './clinic-hours.tsx'
import classes from './hours-text.module.css'
import { PanelTabs } from './panel-tabs.tsx'

type Props = { clinic: (ClinicFields & { id: string }) | null; onDone: () => void }

/** Null adds one, whose hours are set once it is there. */
export function ClinicPanel({ clinic, onDone }: Props) {
  const t = useT()
  const { may } = useMe()
  if (!clinic) return <ClinicForm clinic={null} onDone={onDone} />
  if (!may('clinics:write')) {
    return (
      <Stack gap="lg">
        <ClinicFacts clinic={clinic} />
        <ClinicHours clinicId={clinic.id} onDone={onDone} />
      </Stack>
    )
  }
  return (
    <PanelTabs
      tabs={[
        {
          name: 'details',
          label: t('settings.hours.details'),
          draw: (leave) => <ClinicForm clinic={clinic} onDone={leave} />,
        },
        {
          name: 'hours',
          label: t('settings.hours.tab'),
          draw: (leave) => <ClinicHours clinicId={clinic.id} onDone={leave} />,
        },
      ]}
      onDone={onDone}
    />
  )
}

function ClinicFacts({ clinic: { city, address, phone, zone, locale } }: { clinic: ClinicFields }) {
  const t = useT()
  const facts = [
    [t('settings.clinics.address'), address],
    [t('settings.clinics.city'), city],
    [t('settings.clinics.phone'), phone],
    [t('settings.clinics.zone'), zone],
    [t('settings.clinics.locale'), localeNames[locale]],
  ]
  return (
    <dl className={classes.days}>
      {facts.map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd dir="auto">{value || t('common.not_set')}</dd>
        </div>
      ))}
    </dl>
  )
}
