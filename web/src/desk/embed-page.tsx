import { Embed } from '../embed/embed.tsx'
import { ConnectionBanner } from '../shell/connection-banner.tsx'

/** The panel that platforms show in a frame. */
export function EmbedPage() {
  return <Embed banner={<ConnectionBanner />} calls={(empty) => empty} />
}
