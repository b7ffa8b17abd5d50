import type { getWallboard } from '@clinicacrm/contract/callbacks.ts'
import { IconCircleDashed, IconHeadset, IconPencil, IconPhoneRinging } from '@tabler/icons-react'
import type { ReplyOf } from '../api.ts'
import { formatAgo, formatNumber } from '../format.ts'
import { useT } from '../i18n.ts'
import { PersonAvatar } from '../ui/person-avatar.tsx'
import chip from '../ui/status-chip.module.css'
import { useNow } from '../ui/use-now.ts'
import { ToCalls } from './row-links.tsx'
import { useShown } from './shown.ts'
import classes from './wallboard.module.css'

type Agent = ReplyOf<typeof getWallboard>['agents'][number]

/** Who is doing what; whoever is busy stands before whoever is free. */
export function Agents() {
  const t = useT()
  const { agents } = useShown().board
  const busyFirst = agents.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state))
  return (
    <section className={classes.agents} aria-labelledby="wallboard-agents">
      <h2 id="wallboard-agents" className={classes.label}>
        {t('wallboard.agents.title')}
      </h2>
      {agents.length === 0 ? (
        <p className={classes.none}>{t('wallboard.agents.none')}</p>
      ) : (
        <table className={classes.people} aria-labelledby="wallboard-agents">
          <thead>
            <tr>
              <th scope="col">{t('wallboard.agents.name')}</th>
              <th scope="col">{t('wallboard.agents.state')}</th>
              <th scope="col">{t('wallboard.agents.since')}</th>
              <th scope="col" className={classes.figure}>
                {t('wallboard.agents.handled')}
              </th>
              <th scope="col" className={classes.figure}>
                {t('wallboard.agents.owed')}
              </th>
            </tr>
          </thead>
          <tbody>
            {busyFirst.map((agent) => (
              <AgentRow key={agent.user_id} agent={agent} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

const order: Agent['state'][] = ['ringing', 'on_call', 'wrap_up', 'idle']
const looks = {
  ringing: { icon: IconPhoneRinging, meaning: 'open' },
  on_call: { icon: IconHeadset, meaning: 'booked' },
  wrap_up: { icon: IconPencil, meaning: 'waiting' },
  idle: { icon: IconCircleDashed, meaning: 'closed' },
} as const

function AgentRow({ agent: { user_id: agent, name, state, since, handled, owed } }: { agent: Agent }) {
  const t = useT()
  const now = useNow()
  const { today: from } = useShown()
  const { icon: Icon, meaning } = looks[state]
  return (
    <tr>
      <td>
        <span className={classes.person}>
          <PersonAvatar name={name} size={26} />
          <span className={classes.personName}>{name}</span>
        </span>
      </td>
      <td>
        <span className={`${chip.chip} ${classes.state}`} data-class={meaning}>
          <Icon size="1.15em" stroke={2} aria-hidden className={chip.icon} />
          <span className={chip.label}>{t(`wallboard.agents.states.${state}`)}</span>
        </span>
      </td>
      <td className={classes.since}>{since && formatAgo(since, { now })}</td>
      <td className={classes.figure}>
        <ToCalls
          className={classes.part}
          search={{ agent, from }}
          label={t('wallboard.agents.handled_of', { name, count: handled })}
        >
          {formatNumber(handled)}
        </ToCalls>
      </td>
      <td className={classes.figure}>
        <ToCalls
          className={classes.part}
          search={{ agent, owed: 'true' }}
          label={t('wallboard.agents.owed_of', { name, count: owed })}
        >
          {formatNumber(owed)}
        </ToCalls>
      </td>
    </tr>
  )
}
