import type { ProbableReason } from '@clinicacrm/contract/case-page.ts'
import type { useT } from '../i18n.ts'
import { whenIn } from './when.ts'

/** Why they probably call, in one sentence. */
export function reasonIn(
  t: ReturnType<typeof useT>,
  reason: ProbableReason,
  place: { zone: string; now: Date },
): string {
  const { kind, at, clinic, treatment, origin } = reason
  if (!at) return t(`case.reason.${kind}.undated`, { clinic })
  const when = whenIn(t, at, place)
  if (kind === 'first_contact' && origin) return t('case.reason.first_contact.from', { when, origin })
  if (kind === 'quote_sent' && treatment) return t('case.reason.quote_sent.treatment', { when, treatment })
  if (kind === 'procedure' && treatment) return t('case.reason.procedure.treatment', { when, treatment, clinic })
  return t(`case.reason.${kind}.dated`, { when, clinic })
}
