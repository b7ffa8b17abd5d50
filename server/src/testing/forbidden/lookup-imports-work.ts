// at: server/src/lookup/planted-work.ts
// breaks: eslint(no-restricted-imports)
import { inTransaction } from '../work.ts'
export const planted = inTransaction
