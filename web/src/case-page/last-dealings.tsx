import type { CasePage } from '@clinicacrm/contract/case-page.ts'
import { useQuery } from '@tanstack/react-query'
import { CaseContext } from './case-context.ts'
import { pageOf } from './edits.ts'
import { LastThree } from './last-three.tsx'
import { useLiveCase } from './use-live-case.ts'
import { useOpenCase } from './use-open-case.ts'

/** What was last said and done about a case, where there is no room for the case. */
export function LastDealings({ caseId }: { caseId: string }) {
  const { data } = useQuery(pageOf(caseId))
  return data ? <Dealings key={caseId} page={data} /> : null
}

function Dealings({ page }: { page: CasePage }) {
  const open = useOpenCase(page)
  useLiveCase(page)
  return (
    <CaseContext value={open}>
      <LastThree />
    </CaseContext>
  )
}
