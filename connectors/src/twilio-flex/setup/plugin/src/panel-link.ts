import type { CallNews } from './calls'
import { crmUrl } from './settings'

/** Speaks with the panel of ClínicaCRM in the frame: with nobody else, and of nothing but calls; `now` says how they stand. */
export function panelLink(now: () => CallNews[]): { tell(news: CallNews): void } {
  const { origin } = new URL(crmUrl)
  const panels = new Set<Window>()
  const post = (panel: Window, call: CallNews) => panel.postMessage({ kind: 'clinicacrm.call', call }, origin)

  window.addEventListener('message', ({ origin: from, source, data }: MessageEvent<unknown>) => {
    const isPanel = from === origin && source !== null && 'closed' in source
    if (!isPanel || typeof data !== 'object' || data === null || !('kind' in data)) return
    if (data.kind !== 'clinicacrm.ready') return
    panels.add(source)
    for (const call of now()) post(source, call)
  })

  return {
    tell(call) {
      for (const panel of panels) {
        if (panel.closed) panels.delete(panel)
        else post(panel, call)
      }
    },
  }
}
