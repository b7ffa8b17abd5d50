import { type CallbackView, nextSlot } from '@clinicacrm/contract/callbacks.ts'
import { Button, Group, Modal, Radio, Select, Stack, Text, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { formatLongDate, formatTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { useMe } from '../session.ts'
import { readMoment, typedFrom } from '../typed-moment.ts'
import { textOfError } from '../ui/error-text.ts'
import { MomentFields } from '../ui/moment-fields.tsx'
import type { Asking } from './acts.tsx'
import { useCallbackActs, useColleagues, useName } from './use-callbacks.ts'

type Props = { callback: CallbackView; onClose: () => void }

export function Dialogs({ asking, ...props }: Props & { asking: Asking }) {
  if (asking === 'assign') return <Assigning {...props} />
  return asking === 'move' ? <Moving {...props} /> : <Closing {...props} />
}

const toNobody = ''

function Assigning({ callback, onClose }: Props) {
  const t = useT()
  const { user } = useMe()
  const { colleagues, nameOf } = useColleagues()
  const acts = useCallbackActs()
  const [to, setTo] = useState(callback.assigned_to ?? toNobody)
  const data = [
    { value: user.email, label: t('cases.bulk.to_me', { name: user.name }) },
    { value: toNobody, label: t('cases.bulk.to_nobody') },
    ...colleagues.map(({ email, name }) => ({ value: email, label: name })),
  ]
  return (
    <FormDialog
      title={t('callbacks.assign.title', { name: useName()(callback) })}
      verb={t('callbacks.assign.do')}
      onClose={onClose}
      onSubmit={() => acts.assign(callback, to || null, to ? nameOf(to) : null)}
    >
      <Select
        label={t('callbacks.fields.assigned_to')}
        data={data}
        searchable
        allowDeselect={false}
        data-autofocus
        value={to}
        onChange={(value) => setTo(value ?? toNobody)}
      />
    </FormDialog>
  )
}

function Moving({ callback, onClose }: Props) {
  const t = useT()
  const acts = useCallbackActs()
  const zone = callback.clinic_zone
  const [typed, setTyped] = useState(() => typedFrom(callback.due_at, zone))
  const [isTried, setTried] = useState(false)
  const { moment, problem } = readMoment(typed, zone)
  const isMissing = moment === null && !problem
  return (
    <FormDialog
      title={t('callbacks.move.title', { name: useName()(callback) })}
      verb={t('callbacks.move.do')}
      onClose={onClose}
      onSubmit={() => {
        if (moment) return acts.move(callback, moment)
        setTried(true)
        return null
      }}
    >
      <MomentFields
        value={typed}
        onChange={setTyped}
        zone={zone}
        autoFocus
        isRequired
        error={isTried && isMissing ? t('callbacks.move.missing') : null}
      />
      <Slot callback={callback} moment={moment} />
    </FormDialog>
  )
}

/** What becomes of a moment at which nobody may be called. */
function Slot({ callback, moment }: { callback: CallbackView; moment: string | null }) {
  const t = useT()
  const clinic = useMe().clinics.find(({ name }) => name === callback.clinic)
  const [at] = useDebouncedValue(moment, 250)
  const { data } = useQuery({
    ...queryOf(nextSlot, { params: { id: clinic?.id ?? '' }, query: { at: at ?? '' } }),
    enabled: Boolean(clinic && at),
  })
  if (!data?.moved || at !== moment) return null
  const zone = callback.clinic_zone
  const when = { date: formatLongDate(data.at, { zone }), time: formatTime(data.at, { zone }) }
  return (
    <Text size="sm" role="status">
      {t(`callbacks.move.moved.${data.why ?? 'quiet_hours'}`, when)}
    </Text>
  )
}

function Closing({ callback, onClose }: Props) {
  const t = useT()
  const acts = useCallbackActs()
  const [result, setResult] = useState<'not_needed' | 'reached'>('not_needed')
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const isMissing = result === 'not_needed' && reason.trim() === ''
  return (
    <FormDialog
      title={t('callbacks.close.title', { name: useName()(callback) })}
      verb={t('callbacks.close.do')}
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        return isMissing ? null : acts.tried(callback, result, reason.trim())
      }}
    >
      <Radio.Group
        label={t('callbacks.close.how')}
        value={result}
        onChange={(value) => setResult(value as typeof result)}
      >
        <Stack gap="sm" mt="sm">
          <Radio value="not_needed" label={t('callbacks.results.not_needed')} />
          <Radio value="reached" label={t('callbacks.results.reached')} />
        </Stack>
      </Radio.Group>
      <Textarea
        label={t('callbacks.close.reason')}
        withAsterisk={result === 'not_needed'}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={500}
        data-autofocus
        value={reason}
        error={isTried && isMissing ? t('callbacks.close.reason_missing') : null}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </FormDialog>
  )
}

type FormProps = {
  title: string
  verb: string
  /** Null where something is missing, which its field says. */
  onSubmit: () => Promise<void> | null
  onClose: () => void
  children: ReactNode
}

function FormDialog({ title, verb, onSubmit, onClose, children }: FormProps) {
  const t = useT()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  async function submit() {
    const doing = onSubmit()
    if (!doing) return
    setBusy(true)
    setError(null)
    try {
      await doing
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack>
          {children}
          {error !== null && (
            <Text c="red" size="sm" role="alert">
              {textOfError(t, error)}
            </Text>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common.actions.cancel')}
            </Button>
            <Button type="submit" loading={isBusy}>
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
