// at: connectors/src/five9/planted.ts
// breaks: eslint(no-restricted-imports)
import pg from 'pg'
export const planted = pg
