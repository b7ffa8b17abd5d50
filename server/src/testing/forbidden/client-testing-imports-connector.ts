// at: client/src/testing/planted.ts
// breaks: eslint(no-restricted-imports)
import { connectors } from '@clinicacrm/connectors/index.ts'
export const planted = connectors
