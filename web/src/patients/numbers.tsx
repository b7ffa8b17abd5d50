import { getPatientPage, type NumberView, type PatientPage, saveNumber } from '@clinicacrm/contract/patient-page.ts'
import { ActionIcon, Button, Menu, Modal, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconDotsVertical, IconPhone } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { PatientNumber } from '../dial-number.tsx'
import { formatDate } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import classes from './rows.module.css'
import { Section } from './section.tsx'

export function Numbers({ page: { patient, numbers } }: { page: PatientPage }) {
  const t = useT()
  const mayEdit = useMe().may('patients:write')
  return (
    <Section title={t('patients.numbers.title')}>
      {numbers.length === 0 && <p className={classes.none}>{t('patients.numbers.none')}</p>}
      <ul className={classes.rows}>
        {onceEach(numbers).map(({ fields, ...number }) => (
          <NumberRow
            key={number.key ?? number.typed}
            patient={patient}
            number={number}
            fields={fields}
            mayEdit={mayEdit}
          />
        ))}
      </ul>
    </Section>
  )
}

/** A number that stands in several fields is one line with the names of all of them. */
function onceEach(numbers: NumberView[]) {
  const groups = Map.groupBy(numbers, ({ key, typed }) => key ?? typed)
  return [...groups.values()].map((same) => ({ ...same[0]!, fields: [...new Set(same.map(({ field }) => field))] }))
}

type RowProps = { patient: PatientPage['patient']; number: NumberView; fields: NumberView['field'][]; mayEdit: boolean }

function NumberRow({ patient, number, fields, mayEdit }: RowProps) {
  const t = useT()
  const label = number.label ?? fields.map((field) => t(`patients.fields.${field}`)).join(', ')
  return (
    <li className={classes.row} data-void={number.wrong_at ? true : undefined}>
      <div className={classes.main}>
        <span className={classes.number} dir="ltr">
          <IconPhone size={14} aria-hidden />
          <PatientNumber number={number} patient={patient} />
          <CopyButton text={number.shown} label={t('patients.numbers.copy', { number: number.shown })} />
        </span>
        <span className={classes.quiet} dir="auto">
          {number.key
            ? t('patients.numbers.label_and_kind', { label, kind: t(`patients.numbers.${number.kind}`) })
            : label}
        </span>
        {number.shared_with.length > 0 && <SharedWith people={number.shared_with} />}
      </div>
      <NumberState number={number} />
      {mayEdit && number.key && <NumberMenu patientId={patient.id} number={number} numberKey={number.key} />}
    </li>
  )
}

function SharedWith({ people }: { people: NumberView['shared_with'] }) {
  const t = useT()
  return (
    <span className={classes.quiet}>
      {t('patients.numbers.shared_with')}{' '}
      {people.map(({ id, name }, i) => (
        <span key={id}>
          {i > 0 && ', '}
          <Link to="/$locale/patients/$id" params={{ locale: currentLocale(), id }}>
            {name}
          </Link>
        </span>
      ))}
    </span>
  )
}

function NumberState({ number: { key, verified_at, wrong_at } }: { number: NumberView }) {
  const t = useT()
  if (!key) {
    return (
      <span className={classes.bad}>
        <IconAlertTriangle size={14} aria-hidden />
        {t('patients.numbers.no_number')}
      </span>
    )
  }
  if (wrong_at) {
    return (
      <span className={classes.bad}>
        <IconAlertTriangle size={14} aria-hidden />
        {t('patients.numbers.wrong_since', { date: formatDate(wrong_at) })}
      </span>
    )
  }
  if (!verified_at) return null
  return (
    <span className={classes.good}>
      <IconCircleCheck size={14} aria-hidden />
      {t('patients.numbers.verified_since', { date: formatDate(verified_at) })}
    </span>
  )
}

function NumberMenu({ patientId, number, numberKey }: { patientId: string; number: NumberView; numberKey: string }) {
  const t = useT()
  const [isNaming, setNaming] = useState(false)
  const saving = useCall(saveNumber)
  async function save(body: { label?: string | null; verified?: boolean; wrong?: boolean }) {
    await saving.mutateAsync({ params: { id: patientId, key: numberKey }, body }).catch(() => undefined)
    setNaming(false)
    announce(t('common.saved'))
    await refresh(getPatientPage)
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('patients.numbers.actions', { number: number.shown })}>
            <IconDotsVertical size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void save({ verified: !number.verified_at })}>
            {number.verified_at ? t('patients.numbers.unverify') : t('patients.numbers.verify')}
          </Menu.Item>
          <Menu.Item onClick={() => void save({ wrong: !number.wrong_at })}>
            {number.wrong_at ? t('patients.numbers.right') : t('patients.numbers.wrong')}
          </Menu.Item>
          <Menu.Item onClick={() => setNaming(true)}>{t('patients.numbers.name')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isNaming} onClose={() => setNaming(false)} title={number.shown} size="sm">
        <LabelForm
          label={number.label ?? ''}
          isBusy={saving.isPending}
          onSave={(label) => void save({ label: label || null })}
        />
      </Modal>
      {saving.isError && <ErrorPanel error={saving.error} />}
    </>
  )
}

type LabelProps = { label: string; isBusy: boolean; onSave: (label: string) => void }

function LabelForm({ label: before, isBusy, onSave }: LabelProps) {
  const t = useT()
  const [label, setLabel] = useState(before)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSave(label.trim())
      }}
    >
      <TextInput
        label={t('patients.numbers.label')}
        placeholder={t('patients.numbers.label_hint')}
        maxLength={100}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        data-autofocus
      />
      <Button type="submit" size="xs" mt="sm" loading={isBusy}>
        {t('common.actions.save')}
      </Button>
    </form>
  )
}
