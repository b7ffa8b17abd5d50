import type { CasePage } from '@clinicacrm/contract/case-page.ts'
import { lazy, Suspense } from 'react'
import { fullName } from '../format.ts'
import { useT } from '../i18n.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { CaseContext } from './case-context.ts'
import { CaseMenu } from './case-menu.tsx'
import { CaseTop } from './case-top.tsx'
import classes from './cockpit.module.css'
import { Details } from './details.tsx'
import { Side } from './side.tsx'
import { Timeline } from './timeline.tsx'
import { later, useFetchedAhead } from './fetched-ahead.ts'
import { useLiveCase } from './use-live-case.ts'
import { useOpenCase } from './use-open-case.ts'
import { Watchers } from './watchers.tsx'

const Unsaved = lazy(() => later.unsaved().then(({ Unsaved }) => ({ default: Unsaved })))

/** A case on one screen: the first second above, everything else below. */
export function Cockpit({ page }: { page: CasePage }) {
  const t = useT()
  const open = useOpenCase(page)
  useLiveCase(page)
  useFetchedAhead(open.mayWrite)
  const { id } = open
  const hasUnsaved = open.edits.items.some(({ state }) => state !== 'sending')
  const name = fullName(page.case) || t('case.top.nameless')

  return (
    <CaseContext value={open}>
      <PageHeader
        title={t('case.heading', { id })}
        documentTitle={t('case.document_title', { name, id })}
        actions={
          <>
            <Watchers />
            <CaseMenu />
          </>
        }
      />
      <div id="case" className={classes.cockpit}>
        <CaseTop />
        <Suspense>{hasUnsaved && <Unsaved />}</Suspense>
        <div className={classes.columns}>
          <Details />
          <Timeline />
          <Side />
        </div>
      </div>
    </CaseContext>
  )
}
