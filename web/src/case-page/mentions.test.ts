import { expect, test } from 'vitest'
import { mentionAt, mentionedIn, partsOf, peopleLike } from './mentions.ts'

const people = [
  { id: '1', name: 'Giulia Ferri' },
  { id: '2', name: 'Elena Marchetti' },
  { id: '3', name: 'Niccolò De Santis' },
]

test('an @ begins a name, an e-mail address does not', () => {
  expect(mentionAt('Chiedi a @giu', 13)).toEqual({ from: 9, begun: 'giu' })
  expect(mentionAt('@', 1)).toEqual({ from: 0, begun: '' })
  expect(mentionAt('@Giulia Fe', 10)).toEqual({ from: 0, begun: 'Giulia Fe' })
  expect(mentionAt('scrive da anna@giu', 18)).toBeNull()
  expect(mentionAt('Chiedi a @giu oggi pomeriggio', 29)).toBeNull()
})

test('people are found by the beginning of either name, without accents', () => {
  expect(peopleLike(people, 'fer').map(({ id }) => id)).toEqual(['1'])
  expect(peopleLike(people, 'nicco').map(({ id }) => id)).toEqual(['3'])
  expect(peopleLike(people, 'Giulia F').map(({ id }) => id)).toEqual(['1'])
  expect(peopleLike(people, '')).toHaveLength(3)
})

test('whoever is named in full is mentioned', () => {
  expect(mentionedIn('@Giulia Ferri, @Niccolò De Santis: vedete voi? @elena', people)).toEqual(['1', '3'])
})

test('a text is shown whole, with its mentions apart', () => {
  const parts = partsOf('a @Giulia Ferri e @nessuno', ['Giulia Ferri'])
  expect(parts.map(({ text }) => text).join('')).toBe('a @Giulia Ferri e @nessuno')
  expect(parts.filter(({ isMention }) => isMention).map(({ text }) => text)).toEqual(['@Giulia Ferri'])
})
