import {
  addConsent,
  type ConsentView,
  consentChannels,
  consentPurposes,
  type PatientPage,
} from '@clinicacrm/contract/patient-page.ts'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { formatDateTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { FormEnd } from './form-end.tsx'
import classes from './rows.module.css'
import { Section } from './section.tsx'
import { useSaving } from './use-saving.ts'

/** What holds today comes first; the whole ledger is one click away. */
export function Consents({ page: { patient, consents } }: { page: PatientPage }) {
  const t = useT()
  const mayEdit = useMe().may('patients:write')
  const [isAdding, setAdding] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const current = latestOf(consents)
  const shown = isWhole ? consents : current
  const add = mayEdit && !isAdding && (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => setAdding(true)}
    >
      {t('patients.consents.add')}
    </Button>
  )
  return (
    <Section title={t('patients.consents.title')} action={add}>
      {isAdding && <ConsentForm patientId={patient.id} onClose={() => setAdding(false)} />}
      {consents.length === 0 && !isAdding && <p className={classes.none}>{t('patients.consents.none')}</p>}
      <ul className={classes.rows}>
        {shown.map((consent) => (
          <ConsentRow key={consent.id} consent={consent} />
        ))}
      </ul>
      {consents.length > current.length && (
        <Button
          variant="subtle"
          size="compact-sm"
          mt="xs"
          className={classes.all ?? ''}
          onClick={() => setWhole(!isWhole)}
          aria-expanded={isWhole}
        >
          {isWhole ? t('patients.consents.show_current') : t('patients.consents.show_all', { count: consents.length })}
        </Button>
      )}
    </Section>
  )
}

function latestOf(consents: ConsentView[]) {
  const seen = new Set<string>()
  return consents.filter(({ purpose, channel }) => {
    const what = `${purpose} ${channel}`
    return !seen.has(what) && seen.add(what)
  })
}

function ConsentRow({ consent }: { consent: ConsentView }) {
  const t = useT()
  const isGiven = consent.state === 'given'
  const Icon = isGiven ? IconCircleCheck : IconCircleX
  const when = formatDateTime(consent.at)
  const purpose = t(`patients.consents.purposes.${consent.purpose}`)
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <span>
          {consent.channel
            ? t('patients.consents.by_channel', {
                purpose,
                channel: t(`patients.consents.channels.${consent.channel}`),
              })
            : purpose}
        </span>
        <span className={classes.quiet} dir="auto">
          {consent.actor === 'system'
            ? t('patients.consents.recorded_by_system', { when })
            : t('patients.consents.recorded', { when, who: consent.actor })}
        </span>
        {consent.evidence && (
          <span className={classes.quiet} dir="auto">
            {consent.evidence}
          </span>
        )}
      </div>
      <span className={isGiven ? classes.good : classes.bad}>
        <Icon size={14} aria-hidden />
        {t(`patients.consents.${consent.state}`)}
      </span>
    </li>
  )
}

function ConsentForm({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const t = useT()
  const [purpose, setPurpose] = useState<(typeof consentPurposes)[number]>('contact')
  const [channel, setChannel] = useState<(typeof consentChannels)[number] | ''>('')
  const [state, setState] = useState<'given' | 'withdrawn'>('given')
  const [evidence, setEvidence] = useState('')
  const { save, isSaving, error } = useSaving(addConsent, onClose)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const body = { purpose, channel: channel || null, state, evidence: evidence.trim() || null }
        save({ params: { id: patientId }, body })
      }}
    >
      <div className={classes.form}>
        <NativeSelect
          label={t('patients.consents.purpose')}
          value={purpose}
          data={consentPurposes.map((value) => ({ value, label: t(`patients.consents.purposes.${value}`) }))}
          onChange={(event) => setPurpose(event.currentTarget.value as typeof purpose)}
        />
        <NativeSelect
          label={t('patients.consents.channel')}
          value={channel}
          data={[
            { value: '', label: t('patients.consents.every_channel') },
            ...consentChannels.map((value) => ({ value, label: t(`patients.consents.channels.${value}`) })),
          ]}
          onChange={(event) => setChannel(event.currentTarget.value as typeof channel)}
        />
        <NativeSelect
          label={t('patients.consents.state')}
          value={state}
          data={(['given', 'withdrawn'] as const).map((value) => ({ value, label: t(`patients.consents.${value}`) }))}
          onChange={(event) => setState(event.currentTarget.value as typeof state)}
        />
        <TextInput
          className={classes.whole ?? ''}
          label={t('patients.consents.evidence')}
          placeholder={t('patients.consents.evidence_hint')}
          maxLength={500}
          value={evidence}
          onChange={(event) => setEvidence(event.currentTarget.value)}
        />
      </div>
      <FormEnd save={t('patients.consents.record')} isSaving={isSaving} error={error} onCancel={onClose} />
    </form>
  )
}
