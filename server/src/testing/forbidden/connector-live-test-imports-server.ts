// at: connectors/src/five9/planted.live.test.ts
// breaks: eslint(no-restricted-imports)
import { createCase } from '../../../server/src/cases/cases.ts'
export const planted = createCase
