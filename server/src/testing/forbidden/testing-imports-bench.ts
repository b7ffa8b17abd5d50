// at: server/src/testing/planted.ts
// breaks: eslint(no-restricted-imports)
import { dataset } from '../../../bench/datasets.ts'
export const planted = dataset
