// at: contract/src/planted.test.ts
// breaks: eslint(no-restricted-imports)
import { createApp } from '@clinicacrm/server/app.ts'
export const planted = createApp
