import { Section } from './section.tsx'
import { TelephonyAgents } from './telephony-agents.tsx'
import { TelephonyFrames } from './telephony-frames.tsx'
import { TelephonyLines } from './telephony-lines.tsx'
import { TelephonyNumbers } from './telephony-numbers.tsx'

/** How calls come here: who is meant, which number was called, over which line, and in whose windows we are shown. */
export function TelephonyPage() {
  return (
    <Section name="telephony">
      <TelephonyLines />
      <TelephonyAgents />
      <TelephonyNumbers />
      <TelephonyFrames />
    </Section>
  )
}
