// at: contract/src/planted-import.ts
// breaks: eslint(no-restricted-imports)
import { patients } from '../../server/src/db/schema.ts'
export const planted = patients
