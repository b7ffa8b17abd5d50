import { countries } from '@clinicacrm/contract/countries.ts'
import { currentLocale, type Locale } from './i18n.ts'

type Choice = { value: string; label: string }

/** Every country by its name in the reader's language, for a picker. */
export function countryChoices(locale: Locale = currentLocale()): Choice[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' })
  const choices = countries.map((value) => ({ value, label: names.of(value) ?? value }))
  return choices.toSorted((a, b) => a.label.localeCompare(b.label, locale))
}

/** The country this browser seems to be in, or the one its language comes from. */
export function guessedCountry(languages: readonly string[] = navigator.languages): string {
  const regions = languages.map((tag) => new Intl.Locale(tag).maximize().region ?? '')
  return regions.find((region) => countries.includes(region)) ?? 'IT'
}

/** The zones a clinic can be in. */
export const zoneChoices = (): string[] => Intl.supportedValuesOf('timeZone')

export const guessedZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
