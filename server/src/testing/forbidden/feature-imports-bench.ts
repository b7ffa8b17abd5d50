// at: server/src/patients/planted-bench.ts
// breaks: eslint(no-restricted-imports)
import { dataset } from '../../../bench/datasets.ts'
export const planted = dataset
