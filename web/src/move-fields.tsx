import { Select, TextInput } from '@mantine/core'
import type { StatusCode } from '@clinicacrm/contract/lifecycle.ts'
import { currentLocale, useT } from './i18n.ts'
import { useMe } from './session.ts'
import { MomentFields } from './ui/moment-fields.tsx'
import { isSettled, needsOf } from './move-rules.ts'
import { type Missing, type Standing, type TypedMove, wayTo } from './move.ts'
import { ReopenReason } from './ui/reopen-reason.tsx'

type Props = {
  page: Standing
  value: TypedMove
  onChange: (value: TypedMove) => void
  /** What the form lacks, once somebody tried to save it. */
  missing: readonly (Missing | 'disposition')[]
}

/** The next step of a case: a status that may follow, and what that status cannot do without. */
export function MoveFields({ page, value, onChange, missing }: Props) {
  const t = useT()
  const me = useMe()
  const options = me.statuses
    .filter(({ code, hidden }) => code === page.case.status || (!hidden && isReachable(code)))
    .map((status) => ({ value: status.code, label: status[`label_${currentLocale()}`] }))
  const set = (part: Partial<TypedMove>) => onChange({ ...value, ...part })
  const needsReason = wayTo(page, value.status, me.may('cases:override')) === 'needs_reason'
  const isDated = !isSettled(value.status) || needsOf(value.status).includes('follow_up_date')

  function isReachable(code: string) {
    return wayTo(page, code as StatusCode, me.may('cases:override')) !== 'closed'
  }
  return (
    <>
      <Select
        label={t('case.fields.status')}
        data={options}
        value={value.status}
        allowDeselect={false}
        onChange={(status) => status && set({ status: status as StatusCode })}
      />
      {needsReason && (
        <ReopenReason
          value={value.reason}
          onChange={(reason) => set({ reason })}
          isMissing={missing.includes('reason')}
        />
      )}
      {needsOf(value.status).includes('lost_reason') && (
        <TextInput
          label={t('case.fields.lost_reason')}
          required
          maxLength={500}
          value={value.lost_reason}
          error={missing.includes('lost_reason') && t('case.move.lost_reason_missing')}
          onChange={({ currentTarget }) => set({ lost_reason: currentTarget.value })}
        />
      )}
      {isDated && (
        <MomentFields
          value={value.moment}
          onChange={(moment) => set({ moment })}
          zone={page.clinic_zone}
          isRequired={needsOf(value.status).includes('follow_up_date')}
          error={missing.includes('moment') && !value.moment.day ? t('case.moment.missing') : null}
        />
      )}
    </>
  )
}
