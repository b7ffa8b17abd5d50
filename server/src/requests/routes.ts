import { explainNumber, getRequest, listRequests, replayRequest } from '@clinicacrm/contract/requests.ts'
import type { Disclosures } from '../audit/disclosures.ts'
import type { Seals } from '../http/sealed.ts'
import { type App, serve } from '../http/serve.ts'
import type { Lookup } from '../lookup/lookup.ts'
import type { Work } from '../work.ts'
import { explain } from './explain.ts'
import { oneRequest, replay, requestPage } from './requests.ts'

type House = Pick<Work, 'config'> & { lookup: Lookup; disclosures: Disclosures; seals: Seals }

export function requestRoutes(app: App, house: House): void {
  serve(app, listRequests, ({ query, db }, by) => requestPage({ ...house, db, by }, query))
  serve(app, getRequest, ({ params, db }, by) => oneRequest({ ...house, db, by }, params.id))
  serve(app, replayRequest, ({ params, db }, by) => replay({ ...house, db, by }, params.id))
  serve(app, explainNumber, ({ body, db }, by) => {
    const { phone, from_query_string, api_key_id = null, stored = null } = body
    return explain({ ...house, db, by }, { phone, fromQueryString: from_query_string, keyId: api_key_id, stored })
  })
}
