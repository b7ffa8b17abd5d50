import { createTreatment, listTreatments, saveTreatment as save } from '@clinicacrm/contract/treatments.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { addTreatment, allTreatments, saveTreatment } from './treatments.ts'

export function treatmentRoutes(app: App, house: Pick<Work, 'config'>) {
  serve(app, listTreatments, async ({ db }) => ({ treatments: (await allTreatments(db)).map(view) }))
  serve(app, createTreatment, async ({ body, db }, by) => view(await addTreatment({ ...house, db, by }, body)))
  serve(app, save, async ({ params, body, db }, by) => view(await saveTreatment({ ...house, db, by }, params.id, body)))
}

type Area = 'refractive' | 'cataract' | 'aesthetic' | 'dental' | 'other'
const view = (treatment: Awaited<ReturnType<typeof addTreatment>>) => ({ ...treatment, area: treatment.area as Area })
