import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSeals } from './sealed.ts'

const ours = createSeals({ authSecret: 'a'.repeat(40), dataDir: '' })
const theirs = createSeals({ authSecret: 'b'.repeat(40), dataDir: '' })

test('what was sealed is read again here, and nowhere else', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => text.isWellFormed()),
      (text) => {
        const sealed = ours.seal(text)
        expect(ours.open(sealed)).toBe(text)
        expect(theirs.open(sealed)).toBeNull()
        expect(ours.seal(text)).not.toBe(sealed)
      },
    ),
  )
})

test('what was changed, cut or never sealed is nothing', () => {
  const sealed = ours.seal('whsec_1234')
  const other = sealed[12] === 'A' ? 'B' : 'A'
  for (const wrong of [
    '',
    'whsec_1234',
    'sealed:1:',
    sealed.slice(0, -3),
    `${sealed.slice(0, 12)}${other}${sealed.slice(13)}`,
  ])
    expect(ours.open(wrong)).toBeNull()
  expect(sealed).not.toContain('1234')
})
