// at: server/src/lookup/planted.ts
// breaks: eslint(no-restricted-imports)
import { findPatient } from '../patients/patients.ts'
export const planted = findPatient
