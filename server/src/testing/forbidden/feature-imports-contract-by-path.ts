// at: server/src/patients/planted-path.ts
// breaks: eslint(no-restricted-imports)
import { phone } from '../../../contract/src/phone.ts'
export const planted = phone
