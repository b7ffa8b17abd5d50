// at: connectors/testing/planted.ts
// breaks: eslint(no-restricted-imports)
import { createCase } from '../../server/src/cases/cases.ts'
export const planted = createCase
