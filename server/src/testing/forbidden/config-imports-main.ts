// at: server/src/config.ts
// breaks: eslint(no-restricted-imports)
import { main } from './main.ts'
export const planted = main
