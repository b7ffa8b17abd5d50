// at: client/src/planted-node.ts
// breaks: eslint(no-restricted-imports)
import { createHmac } from 'node:crypto'
export const planted = createHmac
