// at: connectors/src/five9/panel.ts
// breaks: eslint(no-restricted-imports)
import { useT } from '../../../web/src/i18n.ts'
export const planted = useT
