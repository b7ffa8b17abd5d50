// at: e2e/planted-server.ts
// breaks: eslint(no-restricted-imports)
import { createCase } from '../server/src/cases/cases.ts'
await createCase({} as never, {})
