import { type CasePage, confirmIdentity, type identityFacts } from '@clinicacrm/contract/case-page.ts'
import { Button, Checkbox, Popover, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { formatDay, formatPhone } from '../format.ts'
import { useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { textOfError } from '../ui/error-text.ts'
import { useCase } from './case-context.ts'
import { askAgain, pageOf } from './edits.ts'
import { IdentityButton } from './identity-check.tsx'

type Fact = (typeof identityFacts)[number]

/** Two facts that the caller names are enough; until then health matters stay folded away. */
export function IdentityPopover() {
  const t = useT()
  const [isOpen, setOpen] = useState(true)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus width={320}>
      <Popover.Target>
        <IdentityButton onClick={() => setOpen(!isOpen)} />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('case.identity.title')}>
        <Facts onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function Facts({ onDone }: { onDone: () => void }) {
  const t = useT()
  const { id, page } = useCase()
  const [named, setNamed] = useState<Fact[]>([])
  const client = useQueryClient()
  const confirm = useCall(confirmIdentity)

  function submit(event: FormEvent) {
    event.preventDefault()
    confirm.mutate(
      { params: { id }, body: { facts: named } },
      {
        onSuccess({ identity_confirmed_at: at }) {
          onDone()
          client.setQueryData(pageOf(id).queryKey, (before) => before && confirmed(before, at))
          announce(t('case.identity.confirmed'))
          void askAgain()
        },
      },
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text fw={600}>{t('case.identity.title')}</Text>
        <Text size="sm" c="dimmed">
          {t('case.identity.ask_two')}
        </Text>
        <Checkbox.Group
          value={named}
          onChange={(facts) => setNamed(facts as Fact[])}
          aria-label={t('case.identity.title')}
        >
          <Stack gap="sm">
            {factsOf(page).map(({ fact, value }, i) => (
              <Checkbox
                key={fact}
                value={fact}
                label={t(`case.identity.facts.${fact}`)}
                description={value || t('case.identity.not_here')}
                data-autofocus={i === 0 || undefined}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        {confirm.error && (
          <Text size="sm" c="red" role="alert">
            {textOfError(t, confirm.error)}
          </Text>
        )}
        <Button type="submit" disabled={named.length < 2} loading={confirm.isPending}>
          {t('case.identity.confirm')}
        </Button>
      </Stack>
    </form>
  )
}

/** What may be asked, with what the right answer is. Where they live is known elsewhere in a clinic. */
function factsOf({ patient, numbers }: CasePage): { fact: Fact; value: string }[] {
  const [first, ...more] = new Set(numbers.map(({ shown }) => formatPhone(shown)))
  return [
    { fact: 'birth_date' as const, value: patient.birth_date ? formatDay(patient.birth_date) : '' },
    { fact: 'email' as const, value: patient.email ?? '' },
    { fact: 'other_number' as const, value: first ? more.join(', ') : '' },
    { fact: 'address' as const, value: '' },
  ].filter(({ fact, value }) => value !== '' || fact === 'address' || fact === 'birth_date')
}

const confirmed = (page: CasePage, at: string): CasePage => ({
  ...page,
  identity_confirmed_at: at,
  alerts: page.alerts.filter(({ kind }) => kind !== 'identity_unconfirmed'),
})
