import { saveOrganisation as save } from '@clinicacrm/contract/organisation.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { saveOrganisation } from './organisation.ts'

export function organisationRoutes(app: App, house: Pick<Work, 'config'>) {
  serve(app, save, ({ body: { version, ...fields }, db }, by) =>
    saveOrganisation({ ...house, db, by }, fields, version),
  )
}
