import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { texts as boards } from './locales/it-boards.ts'
import type { texts as embed } from './locales/it-embed.ts'
import type { texts as settings } from './locales/it-settings.ts'
import type { texts } from './locales/it.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof texts & typeof settings & typeof embed & typeof boards }
    strictKeyChecks: true
  }
}

/** `it` is the reference: the types of all keys come from it, and what another language lacks is shown in it. */
export const locales = ['it', 'en', 'es'] as const
export type Locale = (typeof locales)[number]

/** Each language by its own name. */
export const localeNames: Record<Locale, string> = { it: 'Italiano', en: 'English', es: 'Español' }

export const isLocale = (text: unknown): text is Locale => (locales as readonly unknown[]).includes(text)

type Load = Record<Locale, () => Promise<{ texts: object }>>
const most: Load = {
  it: () => import('./locales/it.ts'),
  en: () => import('./locales/en.ts'),
  es: () => import('./locales/es.ts'),
}
const ofSettings: Load = {
  it: () => import('./locales/it-settings.ts'),
  en: () => import('./locales/en-settings.ts'),
  es: () => import('./locales/es-settings.ts'),
}
const ofEmbed: Load = {
  it: () => import('./locales/it-embed.ts'),
  en: () => import('./locales/en-embed.ts'),
  es: () => import('./locales/es-embed.ts'),
}
const ofBoards: Load = {
  it: () => import('./locales/it-boards.ts'),
  en: () => import('./locales/en-boards.ts'),
  es: () => import('./locales/es-boards.ts'),
}
const wanted = new Set([most])

/** Fetches this language's texts, if they are not here yet, and speaks it from now on. */
export async function speak(locale: Locale): Promise<void> {
  if (!i18next.isInitialized) await start(locale)
  await Promise.all([...wanted].map((load) => learn(locale, load)))
  if (i18next.language !== locale) await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
}

/** From now on with what the settings and the ways in say. */
export async function speakOfSettings(): Promise<void> {
  wanted.add(ofSettings)
  await learn(currentLocale(), ofSettings)
}

/** From now on with what the call log, the callbacks, the wallboard and the demo’s telephone say. */
export async function speakOfBoards(): Promise<void> {
  wanted.add(ofBoards)
  await learn(currentLocale(), ofBoards)
}

/** From now on with what the panel in a platform's frame says. */
export async function speakOfEmbed(): Promise<void> {
  wanted.add(ofEmbed)
  await learn(currentLocale(), ofEmbed)
}

const learned = new Set<Load[Locale]>()

async function learn(locale: Locale, load: Load) {
  if (learned.has(load[locale])) return
  i18next.addResourceBundle(locale, 'translation', (await load[locale]()).texts, true, true)
  learned.add(load[locale])
}

async function start(locale: Locale) {
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false, bindI18nStore: 'added' },
  })
}

/** The texts in the language of the page: `const t = useT()`, then `t('cases.list.title')`. */
export const useT = () => useTranslation().t

export const currentLocale = (): Locale => (isLocale(i18next.language) ? i18next.language : 'it')

/** The language a path asks for, as in `/it/cases/9`. */
export function localeOfPath(path: string): Locale | null {
  const first = path.split('/')[1]
  return isLocale(first) ? first : null
}
