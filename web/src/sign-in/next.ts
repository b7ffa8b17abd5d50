import type { SessionView } from '@clinicacrm/contract/session.ts'
import { localeOfPath } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'

/** A page of this app, `/it/cases/9?tab=notes`; null for anything that could lead elsewhere. */
export function ownPage(next: string | undefined, origin: string): string | null {
  if (!next?.startsWith('/')) return null
  // Browsers read `//` and `/\` as the name of another server; the parser that they use themselves decides.
  const url = URL.parse(next, origin)
  if (url?.origin !== origin || localeOfPath(url.pathname) === null) return null
  return url.pathname + url.search + url.hash
}

/**
 * On to where somebody wanted to go, or to the desk. A new document: it arrives with session and data, nothing of whoever
 * was here before stays in memory, and password managers see that the sign-in worked.
 */
export function enter(session: SessionView, next?: string): void {
  location.assign(preloaded.base_path + (ownPage(next, location.origin) ?? `/${session.user.locale}/`))
}
