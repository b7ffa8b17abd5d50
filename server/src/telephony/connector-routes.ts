import {
  getConnector,
  getConnectorFile,
  listConnectors,
  saveConnector,
  tryConnector,
} from '@clinicacrm/contract/connectors.ts'
import { AppError } from '../app-error.ts'
import { asc } from 'drizzle-orm'
import type { Config, Locale } from '../config.ts'
import type { Db } from '../db/client.ts'
import { dialledNumbers } from '../db/schema.ts'
import type { Events } from '../events.ts'
import { Answer } from '../http/answer.ts'
import type { Caller } from '../http/caller.ts'
import type { Seals } from '../http/sealed.ts'
import { type App, serve } from '../http/serve.ts'
import type { Intake } from './intake.ts'
import { fileNameOf, setupFile } from './setup-files.ts'
import { connectorList, connectorPage, mustKnow, saveSetup, settingsOf, shownSettingsOf } from './setups.ts'
import { tryCall } from './trial.ts'

type House = Omit<Intake, 'db' | 'config'> & { config: Config; seals: Seals; events: Events }

export function connectorRoutes(app: App, house: House): void {
  const languageOf = (asked: Locale | undefined, by: Caller) =>
    asked ?? (by.kind === 'user' ? by.locale : house.config.defaultLocale)

  serve(app, listConnectors, async ({ query, db }, by) => ({
    connectors: await connectorList(db, languageOf(query.locale, by)),
  }))
  serve(app, getConnector, ({ params, query, db }, by) => connectorPage(db, params.name, languageOf(query.locale, by)))
  serve(app, saveConnector, async ({ params, query, body, db }, by) => {
    await saveSetup({ ...house, db, by }, params.name, body)
    return connectorPage(db, params.name, languageOf(query.locale, by))
  })
  serve(app, getConnectorFile, async ({ params, db }) => {
    const connector = mustKnow(params.name)
    const settings = await shownSettingsOf(db, connector)
    const { body, contentType } = await setupFile(connector, { config: house.config, settings }, params.file)
    const disposition = `attachment; filename="${fileNameOf(params.file)}"`
    return new Answer(200, body, contentType, [], { 'content-disposition': disposition })
  })
  serve(app, tryConnector, async ({ params, body, db }, by) => {
    if (by.kind !== 'user') throw new AppError('forbidden', 'Only a person can be called: sign in.')
    const connector = mustKnow(params.name)
    const settings = await settingsOf({ db, seals: house.seals }, params.name)
    return tryCall({ ...house, db }, { connector, settings, from: body.from, to: await anyNumber(db), by })
  })
}

/** One of our own numbers that could have been called. */
async function anyNumber(db: Db): Promise<string> {
  const [number] = await db
    .select({ number: dialledNumbers.number })
    .from(dialledNumbers)
    .orderBy(asc(dialledNumbers.id))
    .limit(1)
  return number?.number ?? ''
}
