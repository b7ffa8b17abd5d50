import { listFrameOrigins, saveFrameOrigins } from '@clinicacrm/contract/frames.ts'
import {
  addConnectorLine,
  addDialledNumber,
  addIdentity as addIdentityTo,
  listConnectorLines,
  listDialledNumbers,
  listIdentities,
  removeConnectorLine,
  removeDialledNumber,
  removeIdentity as removeIdentityFrom,
  saveConnectorLine,
  saveDialledNumber,
} from '@clinicacrm/contract/telephony.ts'
import type { Seals } from '../http/sealed.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { frames, saveFrames } from './frames.ts'
import { addIdentity, identitiesOf, removeIdentity } from './identities.ts'
import { addLine, linesAndConnectors, removeLine, saveLine } from './lines.ts'
import { addNumber, numbersOf, removeNumber, saveNumber } from './numbers.ts'
import { connectorPages } from './pages.ts'

export function telephonyRoutes(app: App, house: Pick<Work, 'config'> & { seals: Seals }) {
  serve(app, listIdentities, ({ db }, by) => identitiesOf({ db, by }))
  serve(app, addIdentityTo, ({ body, db }, by) => addIdentity({ ...house, db, by }, body))
  serve(app, removeIdentityFrom, ({ params, db }, by) => removeIdentity({ ...house, db, by }, params.id))

  serve(app, listDialledNumbers, async ({ db }, by) => ({ numbers: await numbersOf({ db, by }) }))
  serve(app, addDialledNumber, ({ body, db }, by) => addNumber({ ...house, db, by }, body))
  serve(app, saveDialledNumber, ({ params, body, db }, by) => saveNumber({ ...house, db, by }, params.id, body))
  serve(app, removeDialledNumber, ({ params, db }, by) => removeNumber({ ...house, db, by }, params.id))

  serve(app, listConnectorLines, ({ db }) => linesAndConnectors({ db }))
  serve(app, addConnectorLine, ({ body, db }, by) => addLine({ ...house, db, by }, body))
  serve(app, saveConnectorLine, ({ params, body, db }, by) => saveLine({ ...house, db, by }, params.id, body))
  serve(app, removeConnectorLine, ({ params, db }, by) => removeLine({ ...house, db, by }, params.id))

  serve(app, listFrameOrigins, async ({ db }) => ({ frames: await frames(db) }))
  serve(app, saveFrameOrigins, ({ params, body, db }, by) =>
    saveFrames({ ...house, db, by }, params.connector, body.origins),
  )

  connectorPages(app)
}
