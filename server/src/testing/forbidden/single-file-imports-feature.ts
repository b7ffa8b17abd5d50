// at: server/src/events.ts
// breaks: eslint(no-restricted-imports)
import { saveCase } from './cases/cases.ts'
export const planted = saveCase
