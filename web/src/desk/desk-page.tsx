import { getDesk } from '@clinicacrm/contract/desk.ts'
import { Button } from '@mantine/core'
import { useThrottledCallback } from '@mantine/hooks'
import { IconCoffee, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReplyOf } from '../api.ts'
import { formatAgo } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { useLive } from '../live.ts'
import { queryOf, refresh } from '../query.ts'
import { useMe } from '../session.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { Bookings } from './bookings.tsx'
import { DueCases } from './due-cases.tsx'
import classes from './desk-page.module.css'

type Desk = ReplyOf<typeof getDesk>

/** What the server means by waiting: everything that has not come to an end. */
const atWork = ['open', 'waiting', 'booked']

/** The first page of the day: what waits for whoever signs in. */
export function DeskPage() {
  const t = useT()
  const me = useMe()
  const mayWrite = me.may('cases:write')
  return (
    <>
      <PageHeader
        title={t('desk.title')}
        actions={
          mayWrite && (
            <Button
              component={Link}
              to={`/${currentLocale()}/cases/new` as never}
              leftSection={<IconPlus size={16} aria-hidden />}
            >
              {t('desk.commands.new_case')}
            </Button>
          )
        }
      />
      <div className={classes.page}>
        <p className={classes.greeting}>{t(`desk.greeting.${partOfDay()}`, { name: firstNameOf(me.user.name) })}</p>
        {me.may('cases:read') ? <Waiting /> : <WithoutCases />}
      </div>
    </>
  )
}

function Waiting() {
  const t = useT()
  const { user } = useMe()
  const desk = useQuery(queryOf(getDesk, {}))
  // Colleagues change cases all the time; what waits is still right half a minute later.
  const askAgain = useThrottledCallback(() => void refresh(getDesk), 30_000)
  useLive(({ kind }) => {
    if (kind === 'case') askAgain()
  })
  if (desk.isPending) return <SkeletonRows rows={8} />
  if (desk.isError) return <ErrorPanel error={desk.error} onRetry={() => void desk.refetch()} />
  const { overdue, today, tomorrow, unassigned, mentions } = desk.data
  const mine = { assigned_to: user.email, class: atWork }
  const isQuiet = overdue.count + today.count + tomorrow.count === 0
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        {isQuiet && <EmptyState icon={<IconCoffee size={28} />} title={t('desk.quiet')} text={t('desk.quiet_text')} />}
        <DueCases title="overdue" due={overdue} search={{ ...mine, due: 'overdue' }} />
        <DueCases title="today" due={today} search={{ ...mine, due: 'today' }} />
        <DueCases title="tomorrow" due={tomorrow} search={{ ...mine, due: 'tomorrow' }} />
      </div>
      <div className={classes.column}>
        <Bookings thisWeek={desk.data.booked_this_week} lastWeek={desk.data.booked_last_week} />
        <Mentions mentions={mentions} />
        <DueCases title="unassigned" due={unassigned} search={{ assigned_to: '', class: atWork }} />
      </div>
    </div>
  )
}

function Mentions({ mentions }: { mentions: Desk['mentions'] }) {
  const t = useT()
  if (mentions.length === 0) return null
  return (
    <section aria-labelledby="mentions">
      <h2 id="mentions" className={classes.heading}>
        {t('desk.mentions')}
      </h2>
      <ul className={classes.rows}>
        {mentions.map(({ note, case_id, name }) => (
          <li key={note.id} className={classes.mention}>
            <Link
              to="/$locale/cases/$id"
              params={{ locale: currentLocale(), id: case_id }}
              className={classes.name ?? ''}
            >
              {name}
            </Link>
            <span className={classes.quiet}>
              {t('desk.mentioned', { who: note.author, when: formatAgo(note.created_at) })}
            </span>
            <span className={classes.text} dir="auto">
              {note.body}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** An integrator has no patients to call: their work is in the settings. */
function WithoutCases() {
  const t = useT()
  return (
    <EmptyState
      title={t('desk.without_cases')}
      text={t('desk.without_cases_text')}
      action={
        <Button component={Link} to={`/${currentLocale()}/settings` as never} variant="default">
          {t('desk.to_settings')}
        </Button>
      }
    />
  )
}

function partOfDay() {
  const hour = new Date().getHours()
  if (hour < 5 || hour >= 18) return 'evening'
  return hour < 13 ? 'morning' : 'afternoon'
}

const firstNameOf = (name: string) => name.trim().split(/\s+/)[0] ?? name
