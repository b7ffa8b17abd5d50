// at: server/src/app-error.ts
// breaks: eslint(no-restricted-imports)
import { connectors } from '@clinicacrm/connectors/index.ts'
export const planted = connectors
