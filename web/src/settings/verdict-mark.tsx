import { IconAlertTriangle, IconBan, IconCheck, IconEyeOff, IconQuestionMark } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { Mark } from './mark.tsx'

type Props = { verdict: string | null; status: number }

/** What came of a request. */
export function VerdictMark({ verdict, status }: Props) {
  const t = useT()
  const words = useVerdicts()
  if (status >= 500)
    return (
      <Mark icon={IconAlertTriangle} colour="red">
        {t('requests.verdicts.failed', { status })}
      </Mark>
    )
  if (verdict === null || (status >= 400 && status !== 404))
    return (
      <Mark icon={IconBan} colour="red">
        {verdict && verdict in words ? words[verdict]! : t('requests.verdicts.refused', { status })}
      </Mark>
    )
  const [icon, colour] = looks[verdict] ?? ([IconQuestionMark, 'gray'] as const)
  return (
    <Mark icon={icon} colour={colour}>
      {words[verdict] ?? verdict}
    </Mark>
  )
}

const looks: Record<string, readonly [typeof IconCheck, 'green' | 'gray' | 'blue']> = {
  found: [IconCheck, 'green'],
  one: [IconCheck, 'green'],
  explicit: [IconCheck, 'green'],
  linked: [IconCheck, 'green'],
  many: [IconCheck, 'blue'],
  withheld: [IconEyeOff, 'gray'],
}

/** A verdict we have no word for stands as it is. */
export function useVerdicts(): Record<string, string> {
  const t = useT()
  return {
    found: t('requests.verdicts.found'),
    not_found: t('requests.verdicts.not_found'),
    withheld: t('requests.verdicts.withheld'),
    internal: t('requests.verdicts.internal'),
    invalid: t('requests.verdicts.invalid'),
    one: t('requests.verdicts.one'),
    many: t('requests.verdicts.many'),
    none: t('requests.verdicts.none'),
    explicit: t('requests.verdicts.explicit'),
    linked: t('requests.verdicts.linked'),
  }
}
