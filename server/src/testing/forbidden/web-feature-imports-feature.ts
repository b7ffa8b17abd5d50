// at: web/src/cases/planted.ts
// breaks: eslint(no-restricted-imports)
import { PatientCard } from '../patients/patient-card.tsx'
export const planted = PatientCard
