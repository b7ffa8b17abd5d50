import { CallPanel } from '../calls/call-panel.tsx'
import { LastDealings } from '../case-page/last-dealings.tsx'
import { Embed } from '../embed/embed.tsx'
import { ConnectionBanner } from '../shell/connection-banner.tsx'

/** The panel that platforms show in a frame. */
export function EmbedPage() {
  return (
    <Embed
      banner={<ConnectionBanner />}
      calls={(empty) => <CallPanel empty={empty} about={(id) => <LastDealings caseId={id} />} />}
    />
  )
}
