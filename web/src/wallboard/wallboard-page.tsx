import { getWallboard } from '@clinicacrm/contract/callbacks.ts'
import { ActionIcon } from '@mantine/core'
import { useFullscreenElement, useThrottledCallback } from '@mantine/hooks'
import { IconMaximize, IconMinimize } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { formatTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { useLive } from '../live.ts'
import { queryOf, refresh } from '../query.ts'
import { useMe } from '../session.ts'
import { ClinicChip } from '../ui/clinic-chip.tsx'
import { ClosedPage } from '../ui/closed-page.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { Tip } from '../ui/tip.tsx'
import { todayIn } from '../zoned.ts'
import { Agents } from './agents.tsx'
import { Hours } from './hours.tsx'
import { Shown } from './shown.ts'
import { Tiles } from './tiles.tsx'
import classes from './wallboard.module.css'

const route = getRouteApi('/$locale/signed-in/wallboard')
const everyMs = 15_000

export function WallboardPage() {
  const t = useT()
  return useMe().may('wallboard:read') ? <OpenWallboard /> : <ClosedPage title={t('wallboard.title')} />
}

/** The day at a glance, for a screen on the wall: each number leads to its rows. */
function OpenWallboard() {
  const t = useT()
  const { clinics } = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { ref, toggle, fullscreen } = useFullscreenElement<HTMLDivElement>()
  const { clinic } = search
  const board = useQuery({
    ...queryOf(getWallboard, { query: clinic ? { clinic } : {} }),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  })
  const askAgain = useThrottledCallback(() => void refresh(getWallboard), 1_000)
  useLive(({ kind }) => {
    if (kind === 'call') askAgain()
  })
  const fullScreenText = t(fullscreen ? 'wallboard.leave_full_screen' : 'wallboard.full_screen')
  return (
    <>
      <PageHeader title={t('wallboard.title')} />
      <div ref={ref} className={classes.board}>
        <div className={classes.bar}>
          {fullscreen ? (
            <span className={classes.label}>{clinic?.join(' · ')}</span>
          ) : (
            <ClinicChip
              clinics={clinics}
              selected={clinic ?? []}
              onChange={(names) => void navigate({ search: names.length ? { clinic: names } : {} })}
            />
          )}
          <span className={classes.updated}>
            {board.data && t('wallboard.updated', { time: formatTime(board.data.at, { zone: board.data.zone }) })}
          </span>
          <Tip label={fullScreenText} position="left">
            <ActionIcon size="lg" aria-label={fullScreenText} onClick={() => void toggle()}>
              {fullscreen ? <IconMinimize size={18} stroke={1.5} /> : <IconMaximize size={18} stroke={1.5} />}
            </ActionIcon>
          </Tip>
        </div>
        {board.isPending && <SkeletonRows rows={4} height={160} />}
        {board.isError && (
          <ErrorPanel error={board.error} title={t('wallboard.failed')} onRetry={() => void board.refetch()} />
        )}
        {board.data && (
          <Shown value={{ board: board.data, today: todayIn(board.data.zone, new Date(board.data.at)), clinic }}>
            <Tiles />
            <div className={classes.lower}>
              <Hours />
              <Agents />
            </div>
          </Shown>
        )}
      </div>
    </>
  )
}
