// at: client/src/planted.test.ts
// breaks: eslint(no-restricted-imports)
import { phoneKeys } from '../../server/src/telephony/telephony.ts'
export const planted = phoneKeys
