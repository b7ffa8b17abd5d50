// at: server/src/settings/planted.ts
// breaks: eslint(no-restricted-imports)
import { theme } from '@clinicacrm/web/theme.ts'
export const planted = theme
