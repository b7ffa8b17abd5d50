// at: connectors/src/five9/browser/planted.ts
// breaks: eslint(no-restricted-imports)
import { createCase } from '@clinicacrm/server/src/cases/cases.ts'
export const planted = createCase
