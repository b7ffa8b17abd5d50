import * as contract from '@clinicacrm/contract/api-keys.ts'
import type { KeyDoor } from '../http/api-keys.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { createKey, type Environment, keysFor, keyUsage, revokeKey, rotateKey, saveKey } from './api-keys.ts'

/** Lists of a few hundred names and addresses fit; reading longer ones would hold up everybody else. */
const bodyLimit = 16 * 1024

type House = Pick<Work, 'config'> & { environment: Environment; keyDoor: KeyDoor }

export function apiKeyRoutes(app: App, house: House) {
  const { environment, keyDoor } = house
  serve(app, contract.listApiKeys, async ({ db }, by) => ({ api_keys: await keysFor({ ...house, db, by }) }))
  serve(app, contract.getKeyUsage, ({ params, query, db }, by) => keyUsage({ ...house, db, by }, params.id, query.span))
  serve(app, contract.createApiKey, ({ body, db }, by) => createKey({ ...house, db, by }, environment, body), {
    bodyLimit,
  })
  serve(
    app,
    contract.saveApiKey,
    async ({ params, body, db }, by) => {
      const saved = await saveKey({ ...house, db, by }, params.id, body)
      keyDoor.forget()
      return saved
    },
    { bodyLimit },
  )
  serve(app, contract.rotateApiKey, async ({ params, body, db }, by) => {
    const rotated = await rotateKey({ ...house, db, by }, params.id, environment, body.overlap_hours)
    keyDoor.forget()
    return rotated
  })
  serve(app, contract.revokeApiKey, async ({ params, db }, by) => {
    await revokeKey({ ...house, db, by }, params.id)
    keyDoor.forget()
  })
}
