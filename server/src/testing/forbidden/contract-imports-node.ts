// at: contract/src/planted-node.ts
// breaks: eslint(no-restricted-imports)
import { readFileSync } from 'node:fs'
export const planted = readFileSync
