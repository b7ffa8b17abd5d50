import { channels } from '@clinicacrm/contract/cases.ts'
import { type DialledNumberView, listDialledNumbers, removeDialledNumber } from '@clinicacrm/contract/telephony.ts'
import { Button, Divider, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { localeNames, locales, useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Problem } from '../ui/problem.tsx'
import { useNumberForm } from './use-number-form.ts'
import { useTelephonyRights } from './use-telephony.ts'

type Props = { number: DialledNumberView | null; onDone: () => void }

/** Null adds one. */
export function NumberForm({ number, onDone }: Props) {
  const t = useT()
  const { form, submit, problem, isBusy } = useNumberForm(number, onDone)
  return (
    <form onSubmit={form.onSubmit(submit, focusFirstWrong)} noValidate>
      <Stack>
        <TextInput
          type="tel"
          label={t('telephony.numbers.number')}
          maxLength={64}
          data-autofocus={!number || undefined}
          {...form.getInputProps('number')}
        />
        <TextInput
          label={t('telephony.numbers.label')}
          description={t('telephony.numbers.label_text')}
          maxLength={200}
          {...form.getInputProps('label')}
        />
        <Meaning form={form} />
        <Problem>{problem}</Problem>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={number !== null && !form.isDirty()}>
            {number ? t('common.actions.save') : t('telephony.numbers.add')}
          </Button>
        </Group>
        {number && <Remove number={number} onDone={onDone} />}
      </Stack>
    </form>
  )
}

/** What a call to it says before anybody has spoken. */
function Meaning({ form }: Pick<ReturnType<typeof useNumberForm>, 'form'>) {
  const t = useT()
  const { clinics } = useMe()
  const { mayChangeAll } = useTelephonyRights()
  return (
    <>
      <SimpleGrid cols={2}>
        <Select
          label={t('telephony.numbers.clinic')}
          placeholder={t('telephony.numbers.any_clinic')}
          data={clinics.map(({ id, name }) => ({ value: id, label: name }))}
          clearable={mayChangeAll}
          {...form.getInputProps('clinic_id')}
        />
        <Select
          label={t('telephony.numbers.locale')}
          placeholder={t('telephony.numbers.clinics_locale')}
          data={locales.map((value) => ({ value, label: localeNames[value] }))}
          clearable
          {...form.getInputProps('locale')}
        />
      </SimpleGrid>
      <Select
        label={t('telephony.numbers.channel')}
        description={t('telephony.numbers.channel_text')}
        data={channels.map((value) => ({ value, label: t(`case.channels.${value}`) }))}
        clearable
        {...form.getInputProps('channel')}
      />
      <SimpleGrid cols={2}>
        <TextInput label={t('telephony.numbers.origin')} maxLength={200} {...form.getInputProps('origin')} />
        <TextInput label={t('telephony.numbers.campaign')} maxLength={200} {...form.getInputProps('campaign')} />
      </SimpleGrid>
    </>
  )
}

function Remove({ number: { id, number }, onDone }: { number: DialledNumberView; onDone: () => void }) {
  const t = useT()
  const [isAsking, setAsking] = useState(false)
  const removing = useCall(removeDialledNumber)

  async function remove() {
    await removing.mutateAsync({ params: { id } })
    announce(t('telephony.numbers.removed'))
    await refresh(listDialledNumbers)
    onDone()
  }
  return (
    <>
      <Divider />
      <Group>
        <Button variant="outline" color="red" onClick={() => setAsking(true)}>
          {t('telephony.numbers.remove')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={isAsking}
        title={t('telephony.numbers.remove_title', { number })}
        text={t('telephony.numbers.remove_text')}
        confirm={t('common.actions.remove')}
        isDangerous
        onConfirm={remove}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
