// at: server/src/db/planted-connector.ts
// breaks: eslint(no-restricted-imports)
import { connectors } from '@clinicacrm/connectors/index.ts'
export const planted = connectors
