// at: server/src/reports/planted-insides.ts
// breaks: eslint(no-restricted-imports)
import type { Row } from '../imports/csv.ts'
export type Planted = Row
