import { Button, Group, Textarea, TextInput } from '@mantine/core'
import type { StatusCode, statusNeeds } from '@clinicacrm/contract/lifecycle.ts'
import { useT } from '../i18n.ts'
import { MomentField } from './moment-field.tsx'
import type { Change, Missing } from './moves.ts'

type Props = {
  missing: readonly Missing[]
  /** Null when the status stays. */
  to: StatusCode | null
  zone: string
  given: Change
  problemOf: (field: Missing) => string | undefined
  onChange: (more: Change) => void
}

/** What a status needs, each by its own name. */
export function MoveFields({ missing, to, zone, given, problemOf, onChange }: Props) {
  const t = useT()
  const dateFor = (to ?? 'DA_RICHIAMARE') as Exclude<keyof typeof statusNeeds, 'PERSO'>
  return (
    <>
      {missing.includes('status_reason') && (
        <Textarea
          label={t('cases.moves.status_reason')}
          description={t('cases.moves.status_reason_hint')}
          maxLength={500}
          autosize
          minRows={2}
          data-autofocus
          error={problemOf('status_reason')}
          value={given.status_reason ?? ''}
          onChange={({ currentTarget: { value } }) => onChange({ status_reason: value })}
        />
      )}
      {missing.includes('lost_reason') && (
        <LostReason
          value={given.lost_reason ?? ''}
          error={problemOf('lost_reason')}
          onChange={(lost_reason) => onChange({ lost_reason })}
        />
      )}
      {missing.includes('follow_up_date') && (
        <MomentField
          label={t(`cases.moves.date_for.${dateFor}`)}
          zone={zone}
          value={given.follow_up_date ?? null}
          error={problemOf('follow_up_date')}
          onChange={(follow_up_date) => onChange({ follow_up_date })}
        />
      )}
    </>
  )
}

const usualReasons = ['PREZZO', 'ALTRO_CENTRO', 'NON_INTERESSATO', 'NUMERO_ERRATO', 'SPAM'] as const

type ReasonProps = { value: string; error?: string | undefined; onChange: (reason: string) => void }

/** Why a case is lost: one of the usual reasons, or any words. */
export function LostReason({ value, error, onChange }: ReasonProps) {
  const t = useT()
  return (
    <div>
      <TextInput
        label={t('cases.moves.lost_reason')}
        maxLength={500}
        data-autofocus
        error={error}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <Group gap="xs" mt="xs">
        {usualReasons.map((code) => {
          const reason = t(`dispositions.codes.${code}`)
          return (
            <Button
              key={code}
              variant={value === reason ? 'light' : 'default'}
              size="compact-sm"
              aria-pressed={value === reason}
              onClick={() => onChange(reason)}
            >
              {reason}
            </Button>
          )
        })}
      </Group>
    </div>
  )
}
