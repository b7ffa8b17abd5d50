import { expect, test } from 'vitest'
import { problemsOf } from './check-texts.ts'

const sound = {
  it: {
    area: {
      title: 'Casi',
      greet: 'Ciao {{name}}',
      n_one: '{{count}} caso',
      n_many: '{{count}} casi',
      n_other: '{{count}} casi',
    },
  },
  en: { area: { title: 'Cases', greet: 'Hello {{name}}', n_one: 'One case', n_other: '{{count}} cases' } },
  es: {
    area: {
      title: 'Casos',
      greet: 'Hola {{name}}',
      n_one: '{{count}} caso',
      n_many: '{{count}} casos',
      n_other: '{{count}} casos',
    },
  },
}
const code = (text: string) => [{ name: 'page.tsx', text }]
const uses = code(`t('area.title'); t('area.greet', { name }); t('area.n', { count })`)
const changed = (locale: 'it' | 'en' | 'es', area: object) => ({
  ...sound,
  [locale]: { area: { ...sound[locale].area, ...area } },
})
const without = (locale: 'it' | 'en' | 'es', key: string) => ({
  ...sound,
  [locale]: { area: Object.fromEntries(Object.entries(sound[locale].area).filter(([name]) => name !== key)) },
})

test('sound texts have no problems, and a plural may leave out the number of one', () => {
  expect(problemsOf(sound, uses)).toEqual([])
})

test.each([
  ['a missing translation', without('en', 'title'), 'en: area.title is missing'],
  ['a translation of nothing', changed('es', { more: 'Más' }), 'it: area.more is missing, es has it'],
  [
    'another placeholder',
    changed('en', { greet: 'Hello {{nome}}' }),
    'en: area.greet has {{nome}} where it has {{name}}',
  ],
  ['a plural form too few', without('es', 'n_many'), 'es: area.n needs the forms one, many, other and has one, other'],
  ['a blank text', changed('en', { title: ' ' }), 'en: area.title is blank, or begins or ends with a space'],
])('%s is found', (_name, texts, problem) => {
  expect(problemsOf(texts, uses)).toContain(problem)
})

test('a key that the code asks for and nobody wrote is found', () => {
  expect(problemsOf(sound, code(`t('area.title'); t('area.titel')`))).toContain("page.tsx: t('area.titel') has no text")
})

test('a text that nobody asks for is found, unless its key is put together or kept elsewhere', () => {
  expect(problemsOf(sound, code(`t('area.greet'); t('area.n')`))).toEqual(['it: area.title is never used'])
  expect(problemsOf(sound, code('t("area.greet"); t("area.n"); t(`area.${name}`)'))).toEqual([])
  expect(problemsOf(sound, code(`const tabs = ['area.title']; t('area.greet'); t('area.n')`))).toEqual([])
})
