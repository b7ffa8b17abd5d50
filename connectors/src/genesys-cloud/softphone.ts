import { keepNote } from '../call-note.ts'
import type { PageHost } from '../panel.ts'
import { callOf, createCourse, textIn } from './interaction.ts'

type Said = Readonly<Record<string, unknown>>

const patienceMs = 20_000

/**
 * Genesys Cloud's own telephone, by its Embeddable Framework. What is uploaded there (`clinicacrm-framework.js`) tells of
 * calls and is told whom to dial; both sides take messages of the other's origin only.
 */
export function attach(host: PageHost): void {
  const region = textIn(host.settings, 'region')
  if (!host.container || region === null) {
    host.complain('not_connected')
    return
  }
  const origin = `https://apps.${region}`
  const frame = frameOf(origin, host)
  const nextOf = createCourse()
  const complaint = setTimeout(() => host.complain('not_connected'), patienceMs)
  const tell = (kind: string, said: object = {}) =>
    frame.contentWindow?.postMessage({ ...said, clinicacrm: 'genesys-cloud', kind }, origin)

  async function hear(said: Said) {
    const interaction = (said['interaction'] ?? {}) as Said
    if (said['kind'] === 'ready') {
      clearTimeout(complaint)
      host.complain(null)
    }
    if (said['kind'] === 'interaction') {
      const event = nextOf(textIn(said, 'category') ?? '', interaction)
      if (event) await host.report(event)
    }
    if (said['kind'] === 'screen_pop') await pop(host, interaction)
    if (said['kind'] === 'log') tell('log_kept', { request: said['request'], id: await logOf(host, said, interaction) })
  }

  window.addEventListener('message', ({ source, origin: from, data }: MessageEvent<Said | null>) => {
    if (source !== frame.contentWindow || from !== origin || data?.['clinicacrm'] !== 'genesys-cloud') return
    void hear(data).catch(() => host.complain('not_connected'))
  })
  host.onDial((number) => tell('dial', { number }))
  // The framework may have been there first.
  frame.addEventListener('load', () => tell('hello'))
  host.container.replaceChildren(frame)
}

function frameOf(origin: string, { language, settings }: PageHost): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  const address = new URL('/crm/embeddableFramework.html', origin)
  address.searchParams.set('dedicatedLoginWindow', 'true')
  address.searchParams.set('userLanguage', language)
  if (textIn(settings, 'client_id') !== null) address.searchParams.set('enableFrameworkClientId', 'true')
  frame.src = address.href
  frame.title = 'Genesys Cloud'
  frame.allow = ['microphone', 'autoplay', 'hid', 'clipboard-write'].join('; ')
  Object.assign(frame.style, { border: '0', inlineSize: '100%', blockSize: '100%' })
  return frame
}

/** The card comes by itself where a page of ours is open; otherwise the case is opened beside the telephone. */
async function pop(host: PageHost, interaction: Said) {
  const id = textIn(interaction, 'id')
  if (id === null) return
  const { delivered, screen_pop_url } = await host.report({ ...callOf(id, interaction), event: 'ringing' })
  if (!delivered && screen_pop_url) window.open(screen_pop_url, 'clinicacrm-case')
}

/** Null where it was not kept: the telephone then keeps it for another try. */
async function logOf(host: PageHost, said: Said, interaction: Said): Promise<string | null> {
  const [id, note] = [textIn(interaction, 'id'), textIn(said, 'notes')]
  if (id === null) return null
  if (note === null) return id
  const { id: callId } = await host.report({ ...callOf(id, interaction), event: 'ringing' })
  return (await keepNote(host.address, callId, note)) ? callId : null
}
