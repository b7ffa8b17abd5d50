import type { PatientPage } from '@clinicacrm/contract/patient-page.ts'
import { Button } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useDraft } from '../drafts.ts'
import { formatDay } from '../format.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { useShortcut } from '../shortcuts.ts'
import type { Person } from './person.ts'
import { PersonForm } from './person-form.tsx'
import classes from './person-section.module.css'
import { Section } from './section.tsx'

type Draft = { fields: Person; version: number } | null

/** Who the patient is; edited together, as a name and a number belong together. */
export function PersonSection({ page }: { page: PatientPage }) {
  const t = useT()
  const { patient } = page
  const mayEdit = useMe().may('patients:write')
  const draft = useDraft<Draft>(`patient.${patient.id}`, null)
  const [isEditing, setEditing] = useState(draft.value !== null)
  const edit = () => mayEdit && setEditing(true)
  useShortcut('e', edit, { description: t('patients.person.edit'), enabled: mayEdit })

  function close() {
    draft.clear()
    setEditing(false)
  }
  const button = mayEdit && !isEditing && (
    <Button variant="default" size="xs" leftSection={<IconPencil size={14} aria-hidden />} onClick={edit}>
      {t('patients.person.edit')}
    </Button>
  )
  return (
    <Section title={t('patients.person.title')} action={button}>
      {isEditing ? <PersonForm patient={patient} draft={draft} onClose={close} /> : <Facts page={page} />}
    </Section>
  )
}

function Facts({ page: { patient, age } }: { page: PatientPage }) {
  const t = useT()
  const birth = patient.birth_date && formatDay(patient.birth_date)
  const language = patient.language as 'it' | 'en' | 'es' | null
  const facts: [string, string | null][] = [
    [t('patients.fields.first_name'), patient.first_name],
    [t('patients.fields.last_name'), patient.last_name],
    [
      t('patients.fields.birth_date'),
      birth && age !== null ? t('patients.person.birth_and_age', { date: birth, count: age }) : birth,
    ],
    [t('patients.fields.email'), patient.email],
    [t('patients.fields.language'), language && t(`patients.languages.${language}`)],
    [t('patients.fields.contact_times'), patient.contact_times],
    [t('patients.fields.clinic'), patient.clinic],
  ]
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd dir="auto">{value || <span className={classes.unknown}>{t('common.not_set')}</span>}</dd>
        </div>
      ))}
    </dl>
  )
}
