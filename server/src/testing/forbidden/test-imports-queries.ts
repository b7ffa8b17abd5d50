// at: server/src/cases/planted.test.ts
// breaks: eslint(no-restricted-imports)
import { patientById } from '../patients/queries.ts'
export const planted = patientById
