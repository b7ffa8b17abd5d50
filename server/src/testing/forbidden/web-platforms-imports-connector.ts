// at: web/src/platforms.ts
// breaks: eslint(no-restricted-imports)
import { genesysCloud } from '../../connectors/src/genesys-cloud/connector.ts'
export const planted = genesysCloud
