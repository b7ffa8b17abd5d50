// at: server/src/telephony/planted.ts
// breaks: eslint(no-restricted-imports)
import { callById } from '../calls/queries.ts'
export const planted = callById
