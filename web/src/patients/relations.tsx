import {
  addRelation,
  getPatientPage,
  type PatientPage,
  type RelationView,
  relationKinds,
  removeRelation,
  searchEverything,
} from '@clinicacrm/contract/patient-page.ts'
import { ActionIcon, Autocomplete, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formatDay } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { queryOf, refresh, useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FormEnd } from './form-end.tsx'
import classes from './rows.module.css'
import { Section } from './section.tsx'
import { useSaving } from './use-saving.ts'

export function Relations({ page: { patient, relations } }: { page: PatientPage }) {
  const t = useT()
  const mayEdit = useMe().may('patients:write')
  const [isAdding, setAdding] = useState(false)
  const add = mayEdit && !isAdding && (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => setAdding(true)}
    >
      {t('patients.relations.add')}
    </Button>
  )
  return (
    <Section title={t('patients.relations.title')} action={add}>
      {isAdding && <RelationForm patientId={patient.id} onClose={() => setAdding(false)} />}
      {relations.length === 0 && !isAdding && <p className={classes.none}>{t('patients.relations.none')}</p>}
      <ul className={classes.rows}>
        {relations.map((relation) => (
          <RelationRow key={relation.id} patientId={patient.id} relation={relation} mayEdit={mayEdit} />
        ))}
      </ul>
    </Section>
  )
}

type RowProps = { patientId: string; relation: RelationView; mayEdit: boolean }

function RelationRow({ patientId, relation: { id, other, kind, may_discuss, until }, mayEdit }: RowProps) {
  const t = useT()
  const [isAsking, setAsking] = useState(false)
  const removing = useCall(removeRelation)
  async function remove() {
    await removing.mutateAsync({ params: { id: patientId, relation_id: id } })
    await refresh(getPatientPage)
    announce(t('patients.relations.removed'))
  }
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <Link
          to="/$locale/patients/$id"
          params={{ locale: currentLocale(), id: other.id }}
          className={classes.link ?? ''}
          dir="auto"
        >
          {other.name || t('patients.unnamed')}
        </Link>
        <span className={classes.quiet}>
          {other.age === null
            ? t(`patients.relations.kinds.${kind}`)
            : t('patients.relations.kind_and_age', { kind: t(`patients.relations.kinds.${kind}`), count: other.age })}
        </span>
      </div>
      <span className={may_discuss ? classes.good : classes.quiet}>
        {may_discuss ? t('patients.relations.may_discuss') : t('patients.relations.may_not_discuss')}
      </span>
      {until && <span className={classes.quiet}>{t('patients.relations.until', { date: formatDay(until) })}</span>}
      {mayEdit && (
        <ActionIcon aria-label={t('patients.relations.remove', { name: other.name })} onClick={() => setAsking(true)}>
          <IconTrash size={16} />
        </ActionIcon>
      )}
      <ConfirmDialog
        opened={isAsking}
        title={t('patients.relations.remove_title')}
        text={t('patients.relations.remove_text', { name: other.name })}
        confirm={t('common.actions.delete')}
        isDangerous
        onConfirm={remove}
        onClose={() => setAsking(false)}
      />
    </li>
  )
}

function RelationForm({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const t = useT()
  const [other, setOther] = useState<{ id: string; name: string } | null>(null)
  const [kind, setKind] = useState<(typeof relationKinds)[number]>('spouse')
  const [mayDiscuss, setMayDiscuss] = useState(false)
  const [until, setUntil] = useState('')
  const { save, isSaving, error } = useSaving(addRelation, onClose)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!other) return
        save({
          params: { id: patientId },
          body: { other_id: other.id, kind, may_discuss: mayDiscuss, until: until || null },
        })
      }}
    >
      <div className={classes.form}>
        <PersonPicker exceptId={patientId} onPick={setOther} />
        <NativeSelect
          label={t('patients.relations.kind')}
          value={kind}
          data={relationKinds.map((value) => ({ value, label: t(`patients.relations.kinds.${value}`) }))}
          onChange={(event) => setKind(event.currentTarget.value as typeof kind)}
        />
        <TextInput
          type="date"
          label={t('patients.relations.until_label')}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Checkbox
          className={classes.whole ?? ''}
          label={t('patients.relations.may_discuss_long')}
          checked={mayDiscuss}
          onChange={(event) => setMayDiscuss(event.currentTarget.checked)}
        />
      </div>
      <FormEnd
        save={t('common.actions.save')}
        isSaving={isSaving}
        isReady={other !== null}
        error={error}
        onCancel={onClose}
      />
    </form>
  )
}

type PickerProps = { exceptId: string; onPick: (person: { id: string; name: string } | null) => void }

/** Another patient, found by half a name or by digits. */
function PersonPicker({ exceptId, onPick }: PickerProps) {
  const t = useT()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 200)
  const found = useQuery({ ...queryOf(searchEverything, { query: { q: asked } }), enabled: asked.length >= 2 })
  const people = (found.data?.patients ?? []).filter(({ id }) => id !== exceptId)
  // Two people may have one name: the number beside it tells them apart.
  const shown = (person: (typeof people)[number]) => `${person.name} · #${person.id}`
  return (
    <Autocomplete
      label={t('patients.relations.person')}
      placeholder={t('patients.relations.person_hint')}
      value={text}
      data={people.map(shown)}
      filter={({ options }) => options}
      maxLength={200}
      onChange={(value) => {
        setText(value)
        const person = people.find((one) => shown(one) === value)
        onPick(person ? { id: person.id, name: person.name } : null)
      }}
    />
  )
}
