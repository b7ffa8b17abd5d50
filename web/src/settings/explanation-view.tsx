import type { Explanation } from '@clinicacrm/contract/requests.ts'
import { Code, Table, Text } from '@mantine/core'
import { formatDateTime, formatNumber } from '../format.ts'
import { useT } from '../i18n.ts'
import classes from './explain-number.module.css'
import table from './table.module.css'
import { VerdictMark } from './verdict-mark.tsx'

/** From what was sent to what is answered, one line for each step. */
export function ExplanationView({ explanation }: { explanation: Explanation }) {
  const t = useT()
  const { answer, cases, case_count, people, compared, is_own_number } = explanation
  return (
    <section className={classes.explanation} aria-label={t('requests.explain.result')}>
      <div className={classes.verdict}>
        <VerdictMark verdict={answer.verdict} status={answer.status} />
        <Text size="sm">{t('requests.explain.answered', { status: answer.status, profile: answer.profile })}</Text>
        {answer.case_id && (
          <Text size="sm" fw={600}>
            {t('requests.explain.case', { id: answer.case_id })}
          </Text>
        )}
      </div>
      <Facts explanation={explanation} />
      {is_own_number && <Text size="sm">{t('requests.explain.own_number')}</Text>}
      {compared && (
        <Text size="sm" fw={600}>
          {compared.matches ? t('requests.explain.same') : t('requests.explain.different')}{' '}
          <Text span size="sm" fw={400} ff="monospace">
            {compared.keys.join(', ') || '—'}
          </Text>
        </Text>
      )}
      {case_count > 0 && (
        <>
          <Text size="sm">{t('requests.explain.found', { count: case_count, people: formatNumber(people) })}</Text>
          <Cases cases={cases} />
        </>
      )}
    </section>
  )
}

function Facts({ explanation }: { explanation: Explanation }) {
  const t = useT()
  const { phone, plus_restored, cleaned, digits, has_country_code, certainty, e164, key, ext, default_country, ms } =
    explanation
  const written =
    has_country_code === null
      ? null
      : has_country_code
        ? t('requests.explain.with_code')
        : t('requests.explain.without_code', { country: default_country })
  const facts: [string, string | null][] = [
    [t('requests.explain.steps.sent'), phone || '—'],
    [t('requests.explain.steps.plus'), plus_restored ? t('requests.explain.plus_restored') : null],
    [t('requests.explain.steps.cleaned'), cleaned === phone ? null : cleaned],
    [t('requests.explain.steps.digits'), digits],
    [t('requests.explain.steps.written'), written],
    [t('requests.explain.steps.certainty'), certainty && t(`requests.explain.certainties.${certainty}`)],
    [t('requests.explain.steps.e164'), e164],
    [t('requests.explain.steps.key'), key],
    [t('requests.explain.steps.ext'), ext],
    [
      t('requests.explain.steps.time'),
      t('requests.explain.times', { reading: formatNumber(ms.reading), database: formatNumber(ms.database) }),
    ],
  ]
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value !== null)
        .map(([label, value]) => (
          <Fact key={label} label={label} value={value!} />
        ))}
    </dl>
  )
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{/^[\d+x…]+$/.test(value) ? <Code>{value}</Code> : value}</dd>
    </>
  )
}

function Cases({ cases }: Pick<Explanation, 'cases'>) {
  const t = useT()
  return (
    <Table className={table.table!}>
      <Table.Caption className={table.hidden!}>{t('requests.explain.cases')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('requests.explain.columns.case')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('requests.explain.columns.clinic')}</Table.Th>
          <Table.Th visibleFrom="md">{t('requests.explain.columns.field')}</Table.Th>
          <Table.Th>{t('requests.explain.columns.created_at')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {cases.map(({ case_id, patient_id, clinic, field, created_at }) => (
          <Table.Tr key={case_id}>
            <Table.Td>{t('requests.explain.case_of', { id: case_id, patient: patient_id })}</Table.Td>
            <Table.Td visibleFrom="sm">{clinic}</Table.Td>
            <Table.Td visibleFrom="md">{field ? t(`requests.explain.fields.${field}`) : '—'}</Table.Td>
            <Table.Td className={table.quiet!}>{formatDateTime(created_at)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
