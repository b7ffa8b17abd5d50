// at: server/src/cases/planted-empty.test.ts
// breaks: vitest(expect-expect)
import { test } from 'vitest'

test('a case is saved', () => {})
