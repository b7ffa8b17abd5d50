// at: server/src/calls/planted.ts
// breaks: eslint(no-restricted-imports)
import { callerByPhone } from '../lookup/queries.ts'
export const planted = callerByPhone
