// at: server/src/lookup/planted-env-import.ts
// breaks: eslint(no-restricted-imports)
import { env } from 'node:process'
export const planted = env.PORT
