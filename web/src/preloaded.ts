import type { OrganisationView } from '@clinicacrm/contract/organisation.ts'
import type { SessionView } from '@clinicacrm/contract/session.ts'

/** What arrives inside the page itself, so that the first paint asks for nothing. */
export type Preloaded = {
  session: SessionView | null
  organisation: Pick<OrganisationView, 'name' | 'accent' | 'logo' | 'locale'> | null
  /** The platform in whose frame this page is; null in a window of our own. */
  frame: { connector: string; title: string; can_sign_in: boolean; settings: Settings } | null
  /** The platform whose telephone this page holds. */
  phone: { connector: string; title: string; settings: Settings; is_set_up: boolean } | null
  csp_nonce: string
  /** The path under which a proxy serves us, without a trailing slash; empty at the root. */
  base_path: string
  data: { name: string; input: unknown; reply: unknown }[]
}

/** Of a connector, without secrets. */
type Settings = Readonly<Record<string, unknown>>

const nothing: Preloaded = {
  session: null,
  organisation: null,
  frame: null,
  phone: null,
  csp_nonce: '',
  base_path: '',
  data: [],
}
const arrived = read()

/** Whether the server said anything; if not, the page must ask for itself. */
export const isPreloaded = arrived !== null && 'session' in arrived

export const preloaded: Preloaded = { ...nothing, ...arrived }

function read() {
  const text = typeof document === 'undefined' ? '' : document.getElementById('preloaded')?.textContent
  return JSON.parse(text || 'null') as Partial<Preloaded> | null
}
