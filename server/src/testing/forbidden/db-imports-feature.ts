// at: server/src/db/planted.ts
// breaks: eslint(no-restricted-imports)
import { saveCase } from '../cases/cases.ts'
export const planted = saveCase
