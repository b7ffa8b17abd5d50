// at: web/src/desk/planted.ts
// breaks: eslint(no-restricted-imports)
import { saveCase } from '@clinicacrm/server/cases/cases.ts'
export const planted = saveCase
