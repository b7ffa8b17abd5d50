// at: server/src/calls/planted-app.ts
// breaks: eslint(no-restricted-imports)
import { createApp } from '../app.ts'
export const planted = createApp
