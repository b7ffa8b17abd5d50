// at: connectors/src/five9/planted-neighbour.ts
// breaks: eslint(no-restricted-imports)
import { connector } from '../genesys-cloud/connector.ts'
export const planted = connector
