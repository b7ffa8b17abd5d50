// at: server/src/main.ts
// breaks: eslint(no-restricted-imports)
import process from 'node:process'
export const planted = process.argv
