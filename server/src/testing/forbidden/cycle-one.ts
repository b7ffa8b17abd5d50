// at: server/src/patients/planted-cycle-one.ts
// breaks: import(no-cycle)
import { two } from './planted-cycle-two.ts'
export const one = () => two
