import { type RingScenario, ringMyself, ringScenarios } from '@clinicacrm/contract/ring.ts'
import { Button, Radio, Stack, Text } from '@mantine/core'
import { IconPhoneIncoming } from '@tabler/icons-react'
import { notFound } from '@tanstack/react-router'
import { type SubmitEvent, useState } from 'react'
import { useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { ClosedPage } from '../ui/closed-page.tsx'
import { textOfError } from '../ui/error-text.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { Problem } from '../ui/problem.tsx'
import classes from './ring-page.module.css'

export function RingPage() {
  const t = useT()
  const { demo, may } = useMe()
  if (!demo) throw notFound()
  return may('calls:handle') ? <OpenRing /> : <ClosedPage title={t('ring.title')} />
}

/** In the demo: somebody lets a call ring at themselves, and sees what an agent sees. */
function OpenRing() {
  const t = useT()
  const [scenario, setScenario] = useState<RingScenario>('known')
  const ringing = useCall(ringMyself)

  function ring(event: SubmitEvent) {
    event.preventDefault()
    ringing.mutate({ body: { scenario } })
  }
  return (
    <form className={classes.page} onSubmit={ring}>
      <PageHeader title={t('ring.title')} />
      <Text c="dimmed" className={classes.lead}>
        {t('ring.text')}
      </Text>
      <Radio.Group
        label={t('ring.scenario')}
        value={scenario}
        onChange={(value) => setScenario(value as RingScenario)}
        name="scenario"
      >
        <Stack gap="sm" mt="xs">
          {ringScenarios.map((name) => (
            <Radio
              key={name}
              value={name}
              label={t(`ring.scenarios.${name}.name`)}
              description={t(`ring.scenarios.${name}.text`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Problem>{ringing.error && textOfError(t, ringing.error)}</Problem>
      <div className={classes.end}>
        <Button
          type="submit"
          loading={ringing.isPending}
          leftSection={<IconPhoneIncoming size={18} stroke={1.5} aria-hidden />}
        >
          {t('ring.ring')}
        </Button>
        <Text role="status" size="sm" c="dimmed">
          {ringing.data && <Said {...ringing.data} scenario={ringing.variables.body?.scenario ?? 'known'} />}
        </Text>
      </div>
    </form>
  )
}

function Said({ from, scenario }: { from: string; scenario: RingScenario }) {
  const t = useT()
  if (scenario === 'transfer') return t('ring.soon', { number: from })
  return scenario === 'withheld' ? t('ring.rings_withheld') : t('ring.rings', { number: from })
}
