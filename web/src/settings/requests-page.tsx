import { Section } from './section.tsx'
import { ExplainNumber } from './explain-number.tsx'
import { RequestLog } from './request-log.tsx'
import { SandboxNumbers } from './sandbox-numbers.tsx'

/** For whoever connects platforms: why a number finds what it finds, and what was asked lately. */
export function RequestsPage() {
  return (
    <Section name="requests">
      <ExplainNumber />
      <RequestLog />
      <SandboxNumbers />
    </Section>
  )
}
