// at: server/src/http/planted-testing.ts
// breaks: eslint(no-restricted-imports)
import { startClinic } from '../testing/harness.ts'
export const planted = startClinic
