// at: server/src/lookup/planted-jobs.ts
// breaks: eslint(no-restricted-imports)
import { enqueue } from '../jobs/jobs.ts'
export const planted = enqueue
