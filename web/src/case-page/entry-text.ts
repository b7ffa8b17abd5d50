import type { TimelineEntry } from '@clinicacrm/contract/case-page.ts'
import { formatSeconds } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { useCase } from './case-context.ts'
import { nameOf, useColleagues } from './colleagues.ts'
import { useWords } from './words.ts'

/** Fields that speak of somebody's health: not for a caller who may be anybody. */
export const healthFields: ReadonlySet<string> = new Set(['disposition', 'outcome'])

/** What happened, in sentences for people. */
export function useEntryText() {
  const t = useT()
  const { page, isRevealed } = useCase()
  const words = useWords(page.clinic_zone)
  const colleagues = useColleagues()

  function change({ field, from, to }: TimelineEntry['changes'][number]): string {
    if (healthFields.has(field) && !isRevealed) return t('case.timeline.hidden', { field: words.field(field) })
    const said = { field: words.field(field), from: words.value(field, from), to: words.value(field, to) }
    if (isNothing(from)) return t('case.timeline.set', said)
    return isNothing(to) ? t('case.timeline.cleared', said) : t('case.timeline.changed', said)
  }
  function other(changes: TimelineEntry['changes']) {
    const find = (...names: string[]) => changes.find(({ field }) => names.includes(field))
    const purpose = find('purpose')
    if (purpose) {
      const what = words.value('purpose', purpose.to)
      return t(find('state')?.to === 'withdrawn' ? 'case.timeline.consent_withdrawn' : 'case.timeline.consent_given', {
        what,
      })
    }
    if (find('may_discuss', 'kind', 'until')) return t('case.timeline.kinds.relation')
    return t(find('verified_at', 'wrong_at', 'label') ? 'case.timeline.kinds.number' : 'case.timeline.kinds.other')
  }
  /** What came of it is for who may hear of health; a call between colleagues is one like those that go out. */
  function callText({ direction, result, seconds, disposition }: NonNullable<TimelineEntry['call']>): string {
    const way = direction === 'inbound' ? 'inbound' : 'outbound'
    const what =
      result === 'answered' && seconds !== null
        ? t(`case.timeline.calls.spoken_${way}`, { duration: formatSeconds(seconds) })
        : t(`case.timeline.calls.${result}_${way}`)
    if (!disposition || !isRevealed) return what
    return t('case.timeline.calls.came_to', { what, disposition: words.value('disposition', disposition) })
  }
  return {
    /** Colleagues by their names; what nobody did was done by the system. */
    whoIn: (actor: string) => (actor === 'system' ? t('case.timeline.system') : nameOf(colleagues, actor)),
    /** One line for an entry. */
    headline({ kind, changes, call }: TimelineEntry): string {
      const [first, ...more] = changes
      if (call) return callText(call)
      if (kind === 'note' || kind === 'call') return t(`case.timeline.kinds.${kind}`)
      if (kind === 'status' && first) return change(changes.find(({ field }) => field === 'status') ?? first)
      if (kind === 'case_changed' && first && more.length === 0) return change(first)
      if (kind === 'case_changed' || kind === 'patient_changed') {
        const fields = list(changes.map(({ field }) => words.field(field)))
        return t(`case.timeline.kinds.${kind}`, { fields })
      }
      return kind === 'other' || kind === 'consent' ? other(changes) : t(`case.timeline.kinds.${kind}`)
    },
    change,
  }
}

const list = (parts: string[]) => new Intl.ListFormat(currentLocale(), { type: 'conjunction' }).format(parts)
const isNothing = (value: unknown) => value === null || value === undefined || value === ''
