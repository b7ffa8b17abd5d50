// at: connectors/src/five9/planted.test.ts
// breaks: eslint(no-restricted-imports)
import { recordCall } from '@clinicacrm/server/calls/calls.ts'
export const planted = recordCall
