import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accentShades, contrast } from './accent.ts'

const anyColour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`)

test('whatever colour an organisation chooses, text in it and on it can be read, on light and on dark pages', () => {
  fc.assert(
    fc.property(anyColour, (hex) => {
      const shades = accentShades(hex)
      expect(contrast(shades[7], '#ffffff')).toBeGreaterThanOrEqual(4.5)
      expect(contrast(shades[8], '#ffffff')).toBeGreaterThanOrEqual(4.5)
      expect(contrast(shades[9], shades[1])).toBeGreaterThanOrEqual(4.5)
      expect(contrast(shades[4], '#1e293b')).toBeGreaterThanOrEqual(4.5)
      expect(contrast(shades[4], '#0f172a')).toBeGreaterThanOrEqual(4.5)
    }),
  )
})

test('a colour that can be read stays exactly as it was chosen', () => {
  expect(accentShades('#1d4ed8')[7]).toBe('#1d4ed8')
})

test('without a colour, or with none that is one, the accent is teal', () => {
  expect(accentShades(null)[7]).toBe('#0f766e')
  expect(accentShades('red')[7]).toBe('#0f766e')
})
