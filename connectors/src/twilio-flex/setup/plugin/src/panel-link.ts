import type { CallNews } from './calls'
import { crmUrl } from './settings'

type Desk = {
  /** How the agent's calls stand. */
  now(): CallNews[]
  dial(number: string): void
}

/** Speaks with the panel of ClínicaCRM in the frame: with nobody else, and of nothing but calls. */
export function panelLink({ now, dial }: Desk): { tell(news: CallNews): void } {
  const { origin } = new URL(crmUrl)
  const panels = new Set<Window>()
  const post = (panel: Window, message: object) => panel.postMessage(message, origin)

  window.addEventListener('message', ({ origin: from, source, data }: MessageEvent<unknown>) => {
    if (from !== origin || !source || !('closed' in source)) return
    const { kind, number } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>
    if (kind === 'clinicacrm.ready') {
      panels.add(source)
      post(source, { kind: 'clinicacrm.hello' })
      for (const call of now()) post(source, { kind: 'clinicacrm.call', call })
    }
    if (kind === 'clinicacrm.dial' && typeof number === 'string' && /^\+\d{6,15}$/.test(number)) dial(number)
  })

  return {
    tell(call) {
      for (const panel of panels) {
        if (panel.closed) panels.delete(panel)
        else post(panel, { kind: 'clinicacrm.call', call })
      }
    },
  }
}
