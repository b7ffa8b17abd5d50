import type { OrganisationView, SessionView } from '@clinicacrm/contract/session.ts'

/** What arrives inside the page itself, so that the first paint asks for nothing. */
export type Preloaded = {
  session: SessionView | null
  organisation: Pick<OrganisationView, 'name' | 'accent' | 'logo' | 'locale'> | null
  csp_nonce: string
  /** The path under which a proxy serves us, without a trailing slash; empty at the root. */
  base_path: string
  data: { name: string; input: unknown; reply: unknown }[]
}

const nothing: Preloaded = { session: null, organisation: null, csp_nonce: '', base_path: '', data: [] }

export const preloaded: Preloaded = read()

function read(): Preloaded {
  const text = typeof document === 'undefined' ? '' : document.getElementById('preloaded')?.textContent
  return { ...nothing, ...(JSON.parse(text || 'null') as Partial<Preloaded> | null) }
}
