import type { CasePage } from '@clinicacrm/contract/case-page.ts'
import type { CaseView } from '@clinicacrm/contract/cases.ts'
import type { StatusCode } from '@clinicacrm/contract/lifecycle.ts'
import { Modal, SegmentedControl, Stack, Text, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useDraft } from '../drafts.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { useStatusLabel } from '../ui/status-chip.tsx'
import { useCase } from './case-context.ts'
import { DialogEnd } from './dialog-end.tsx'
import { MomentFields } from '../ui/moment-fields.tsx'
import { isBooked } from '../move-rules.ts'
import { wayTo } from '../move.ts'
import { noteNow, problemOfNote } from './new-notes.ts'
import { ReopenReason } from '../ui/reopen-reason.tsx'
import { isMomentOf, readMoment, type TypedMoment, typedFrom } from '../typed-moment.ts'
import { whenIn } from './when.ts'

const kinds = ['visit', 'exams', 'surgery', 'check'] as const
type Kind = (typeof kinds)[number]
type Form = { kind: Kind; moment: TypedMoment; note: string; reason: string }

/** Makes, confirms or moves an appointment, by keyboard in a few seconds. */
export function BookDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const { page } = useCase()
  const { form, set, draft, isChecked, submit, target } = useBooking(onClose)
  const { kind, moment, note, reason } = form
  const act = actOf(page, moment)
  const read = readMoment(moment, page.clinic_zone)

  return (
    <Modal opened onClose={onClose} title={t(`case.book.titles.${act === 'make' ? 'make' : 'move'}`)} size="md">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {target.needsReason && (
            <ReopenReason value={reason} onChange={(text) => set({ reason: text })} isMissing={isChecked} />
          )}
          <SegmentedControl
            fullWidth
            aria-label={t('case.book.kind')}
            value={kind}
            onChange={(value) => set({ kind: value as Kind })}
            data={kinds.map((value) => ({ value, label: t(`case.book.kinds.${value}`) }))}
          />
          <MomentFields
            value={moment}
            onChange={(typed) => set({ moment: typed })}
            zone={page.clinic_zone}
            autoFocus
            isRequired
            error={isChecked && !read.moment && !read.problem ? t('case.moment.missing') : null}
          />
          <Textarea
            label={t('case.wrap_up.note')}
            autosize
            minRows={2}
            maxRows={6}
            value={note}
            error={problemOfNote(t, note)}
            onChange={({ currentTarget }) => set({ note: currentTarget.value })}
          />
          <Text size="sm" c="dimmed">
            {target.text}
          </Text>
          <DialogEnd restoredAt={draft.restoredAt} onDiscard={draft.clear} onClose={onClose}>
            {t(`case.book.${act}`)}
          </DialogEnd>
        </Stack>
      </form>
    </Modal>
  )
}

function useBooking(onClose: () => void) {
  const t = useT()
  const { id, page, save, notes } = useCase()
  const zone = page.clinic_zone
  const draft = useDraft<Form>(`book.${id}`, formFor(page))
  const [seen] = useState(page.case)
  const [isChecked, setChecked] = useState(false)
  const { kind, moment, note, reason } = draft.value
  const target = useTarget(kind)

  function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    const read = readMoment(moment, zone)
    if (!read.moment || (target.needsReason && !reason.trim()) || problemOfNote(t, note)) return
    const act = actOf(page, moment)
    const change = {
      ...(target.status && { status: target.status }),
      ...(target.needsReason && { status_reason: reason.trim() }),
      ...(act !== 'confirm' && { follow_up_date: read.moment, follow_up_reason: t(`case.book.kinds.${kind}`) }),
      disposition: dispositionOf[act],
    }
    save(change, seen)
    if (note.trim()) void notes.put(noteNow(note))
    announce(t('case.book.done', { when: whenIn(t, read.moment, { zone, now: new Date() }) }))
    draft.clear()
    onClose()
  }
  const set = (part: Partial<Form>) => draft.set({ ...draft.value, ...part })
  return { form: draft.value, set, draft, isChecked, submit, target }
}

type Act = 'make' | 'confirm' | 'move'
const dispositionOf = { make: 'APPUNTAMENTO_FISSATO', confirm: 'CONFERMATO', move: 'SPOSTATO' } as const

/** An appointment to come that is not moved is confirmed. */
function actOf({ case: kase, clinic_zone: zone }: CasePage, moment: TypedMoment): Act {
  if (!isToCome(kase)) return 'make'
  return isMomentOf(moment, kase.follow_up_date, zone) ? 'confirm' : 'move'
}

const isToCome = ({ status, follow_up_date: at }: CaseView) =>
  isBooked(status) && at !== null && new Date(at) > new Date()

/** Where the case goes with such an appointment; it stays where it is when the lifecycle does not lead there. */
function useTarget(kind: Kind) {
  const t = useT()
  const label = useStatusLabel()
  const { page } = useCase()
  const { may } = useMe()
  const from = page.case.status
  const isCheckAfterSurgery = kind === 'check' && from === 'INTERVENTO_ESEGUITO'
  const wanted: StatusCode = kind === 'surgery' ? 'INTERVENTO_PROGRAMMATO' : 'APPUNTAMENTO'
  const way = isCheckAfterSurgery ? 'closed' : wayTo(page, wanted, may('cases:override'))
  const status = way === 'closed' || wanted === from ? null : wanted
  return {
    status,
    needsReason: way === 'needs_reason',
    text: status
      ? t('case.move.will_be', { from: label(from), to: label(status) })
      : t('case.move.stays', { status: label(from) }),
  }
}

function formFor({ case: kase, clinic_zone: zone }: CasePage): Form {
  const kindOf: Record<string, Kind> = { INTERVENTO_PROGRAMMATO: 'surgery', INTERVENTO_ESEGUITO: 'check' }
  const moment = isToCome(kase) ? typedFrom(kase.follow_up_date, zone) : { day: '', time: '09:00' }
  return { kind: kindOf[kase.status] ?? 'visit', moment, note: '', reason: '' }
}
