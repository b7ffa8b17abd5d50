import { addIdentity, type IdentityKind, listIdentities } from '@clinicacrm/contract/telephony.ts'
import { Alert, Select, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReplyOf } from '../api.ts'
import { formatAgo } from '../format.ts'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { Problem } from '../ui/problem.tsx'
import classes from './telephony-unknown-agents.module.css'
import { useProblem } from './use-problem.ts'

type Known = ReplyOf<typeof listIdentities>
type Unknown = Known['unknown_agents'][number]
type Props = { unknown: Unknown[]; people: Known['people'] }

/** Names of lately that were nobody's: choosing a person is all there is to do. */
export function UnknownAgents({ unknown, people }: Props) {
  const t = useT()
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={t('telephony.unknown.title')}>
      <Text size="sm">{t('telephony.unknown.text')}</Text>
      <ul className={classes.list}>
        {unknown.map((agent) => (
          <UnknownAgent key={`${agent.provider} ${agent.value}`} agent={agent} people={people} />
        ))}
      </ul>
    </Alert>
  )
}

function UnknownAgent({ agent, people }: { agent: Unknown; people: Props['people'] }) {
  const t = useT()
  const adding = useCall(addIdentity)
  const problem = useProblem(adding.error)
  const { provider, value, count, last_at } = agent

  function assign(user_id: string | null) {
    const name = people.find(({ id }) => id === user_id)?.name
    if (!user_id || !name) return
    adding.mutate(
      { body: { user_id, provider, kind: kindOf(value), value } },
      {
        onSuccess() {
          announce(t('telephony.unknown.assigned', { value, name }))
          void refresh(listIdentities)
        },
      },
    )
  }
  return (
    <li className={classes.agent}>
      <div className={classes.words}>
        <Text fw={600} className={classes.value!}>
          {value}
        </Text>
        <Text size="sm" c="dimmed">
          {t('telephony.unknown.seen', { count, provider, when: formatAgo(last_at) })}
        </Text>
      </div>
      {people.length > 0 && (
        <Select
          className={classes.choice!}
          aria-label={t('telephony.unknown.who', { value })}
          placeholder={t('telephony.unknown.choose')}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={null}
          onChange={assign}
          disabled={adding.isPending}
          searchable
          nothingFoundMessage={t('settings.nothing_found')}
        />
      )}
      <Problem>{problem}</Problem>
    </li>
  )
}

function kindOf(value: string): IdentityKind {
  if (value.includes('@')) return 'email'
  if (/^\d{1,6}$/.test(value)) return 'extension'
  return /^[\p{L} .'-]+$/u.test(value) ? 'username' : 'external_id'
}
