// at: web/src/ui/planted.ts
// breaks: eslint(no-restricted-imports)
import { api } from '../api.ts'
export const planted = api
