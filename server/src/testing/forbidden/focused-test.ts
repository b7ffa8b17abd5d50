// at: server/src/cases/planted-focused.test.ts
// breaks: vitest(no-focused-tests)
import { expect, test } from 'vitest'

test.only('the others are forgotten', () => {
  expect(1).toBe(1)
})
