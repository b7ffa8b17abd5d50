// at: client/src/planted.ts
// breaks: eslint(no-restricted-imports)
import { phoneQuery } from '@clinicacrm/contract/phone.ts'
export const planted = phoneQuery
