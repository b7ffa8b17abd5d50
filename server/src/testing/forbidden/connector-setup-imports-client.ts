// at: connectors/src/five9/setup/planted.ts
// breaks: eslint(no-restricted-imports)
import { createClient } from '@clinicacrm/client/client.ts'
export const planted = createClient
