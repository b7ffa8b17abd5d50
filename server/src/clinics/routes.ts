import { createClinic, listClinics, saveClinic as save } from '@clinicacrm/contract/clinics.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { addClinic, clinicsFor, saveClinic } from './clinics.ts'

export function clinicRoutes(app: App, house: Pick<Work, 'config'>) {
  serve(app, listClinics, async ({ db }, by) => ({ clinics: (await clinicsFor({ db, by })).map(view) }))
  serve(app, createClinic, async ({ body, db }, by) => view(await addClinic({ ...house, db, by }, body)))
  serve(app, save, async ({ params, body, db }, by) => view(await saveClinic({ ...house, db, by }, params.id, body)))
}

/** `locale` is text in the table and one of three words in the contract; only the contract's words are ever written. */
const view = (clinic: Awaited<ReturnType<typeof addClinic>>) => ({
  ...clinic,
  locale: clinic.locale as 'it' | 'en' | 'es',
})
