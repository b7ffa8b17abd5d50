import type { Config, Locale } from '../config.ts'

type Links = Pick<Config, 'publicUrl'>

/** Opens a case. Built from PUBLIC_URL, never from a request's Host, which anybody can write. */
export const screenPopUrl = ({ publicUrl }: Links, locale: Locale, caseId: string): string =>
  `${publicUrl}/${locale}/cases/${caseId}`

/** Opens the new-case form with the number filled in. */
export const newCaseUrl = ({ publicUrl }: Links, locale: Locale, phone: string): string =>
  `${publicUrl}/${locale}/cases/new?phone=${encodeURIComponent(phone)}`
