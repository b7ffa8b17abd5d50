import ClientApp from 'purecloud-client-app-sdk'
import type { PageHost } from '../panel.ts'
import { announcement } from './browser/announcement.ts'

const provider = 'genesys-cloud'

/**
 * The interaction widget. Genesys Cloud tells it which conversation it belongs to and nothing else; whose number it is was
 * kept when the flow looked it up.
 */
export async function attach(host: PageHost): Promise<void> {
  const app = appIn(host.address)
  if (!app) {
    host.complain('not_connected')
    return
  }
  const callId = filledIn(host.address, 'conversationId')
  const leave = host.onShown(({ provider: platform, call_id, name }) => {
    if (platform !== provider || call_id !== callId) return
    // A name is no markup, whatever is in it.
    const options = { id: call_id, markdownMessage: false, timeout: 10 }
    app.alerting.showToastPopup('ClínicaCRM', announcement(host.language, name), options)
    app.alerting.setAttentionCount(1)
  })
  app.lifecycle.addBootstrapListener(() => app.lifecycle.bootstrapped())
  app.lifecycle.addFocusListener(() => app.alerting.setAttentionCount(0))
  app.lifecycle.addStopListener(() => {
    leave()
    app.lifecycle.stopped()
  })
  if (callId === null) return
  const { match } = await host.report({ provider, call_id: callId, event: 'ringing' })
  host.complain(match === null ? 'number_unknown' : null)
}

/** The library knows Genesys' own origins and refuses others; it speaks with the one in the address and no other. */
function appIn(address: URL): ClientApp | null {
  const gcHostOrigin = filledIn(address, 'gcHostOrigin')
  const gcTargetEnv = filledIn(address, 'gcTargetEnv')
  if (!gcHostOrigin?.startsWith('https://') || gcTargetEnv === null) return null
  try {
    return new ClientApp({ gcHostOrigin, gcTargetEnv })
  } catch {
    return null
  }
}

/** Nothing where a place holder was left as it was. */
function filledIn({ searchParams }: URL, name: string): string | null {
  const value = searchParams.get(name)?.trim() ?? ''
  return value === '' || value.startsWith('{{') ? null : value
}
