import type { CasePage, TimelineEntry } from '@clinicacrm/contract/case-page.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useT } from '../i18n.ts'
import { useLive } from '../live.ts'
import { useMe } from '../session.ts'
import { useStatusLabel } from '../ui/status-chip.tsx'
import { toast } from '../ui/toast.tsx'
import { askAgain, pageOf } from './edits.ts'
import { useWords } from './words.ts'

/** Shows what a colleague changes as it happens, and says who did what. What somebody is typing stays where it is. */
export function useLiveCase(page: CasePage): void {
  const client = useQueryClient()
  const me = `user:${useMe().user.id}`
  const sentence = useSentence(page.clinic_zone)
  const { id } = page.case
  const patientId = page.patient.id

  useLive(({ kind, id: subject, case_id, patient_id, actor }) => {
    const isAbout = case_id === id || patient_id === patientId || (kind === 'patient' && subject === patientId)
    if ((kind !== 'case' && kind !== 'patient') || !isAbout) return
    void askAgain().then(() => {
      if (actor === me) return
      const now = client.getQueryData(pageOf(id).queryKey)
      const news = now?.timeline.filter(({ id: entry }) => !page.timeline.some((old) => old.id === entry)) ?? []
      if (news[0]) toast({ text: sentence(news[0]) })
    })
  })
}

function useSentence(zone: string) {
  const t = useT()
  const statusLabel = useStatusLabel()
  const words = useWords(zone)
  return ({ kind, actor: who, changes }: TimelineEntry): string => {
    const status = changes.find(({ field }) => field === 'status')
    if (kind === 'note') return t('case.live.note', { who })
    if (kind === 'status' && status) return t('case.live.status', { who, status: statusLabel(String(status.to)) })
    const [first, ...more] = changes
    if (kind === 'case_changed' && first && more.length === 0) {
      return t('case.live.field', { who, field: words.field(first.field) })
    }
    return kind === 'patient_changed' ? t('case.live.patient', { who }) : t('case.live.case', { who })
  }
}
