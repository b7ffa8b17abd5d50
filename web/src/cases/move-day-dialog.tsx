import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { Modal, Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useT } from '../i18n.ts'
import { todayIn, wallClockOf } from '../zoned.ts'
import { nameOf } from './case-names.ts'
import { useFacts } from './facts.tsx'

const Month = lazy(() => import('../ui/month.tsx').then(({ Month }) => ({ default: Month })))

type Props = { kase: CaseView; onMove: (kase: CaseView, day: string) => void; onClose: () => void }

/** To which day a follow-up goes; its time stays. */
export function MoveDayDialog({ kase, onMove, onClose }: Props) {
  const t = useT()
  const zone = useFacts().zoneOf(kase)
  const day = kase.follow_up_date ? wallClockOf(kase.follow_up_date, zone).day : todayIn(zone)
  return (
    <Modal opened onClose={onClose} title={t('cases.calendar.move_title', { name: nameOf(t, kase) })} size="auto">
      <Suspense fallback={<Skeleton width={252} height={280} />}>
        <Month
          day={day}
          onPick={(next) => {
            onMove(kase, next)
            onClose()
          }}
        />
      </Suspense>
    </Modal>
  )
}
