// at: server/src/patients/planted-cycle-two.ts
// breaks: import(no-cycle)
import { one } from './planted-cycle-one.ts'
export const two = () => one
