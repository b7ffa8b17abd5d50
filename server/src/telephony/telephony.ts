import { connectorNamed, connectors } from '@clinicacrm/connectors/index.ts'
import { phoneKeys, phoneQuery } from '@clinicacrm/contract/phone.ts'
import { eq } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { frameOrigins } from '../db/schema.ts'
import type { Work } from '../work.ts'
import type { Settings } from './settings.ts'
import { savedSetups } from './setup-queries.ts'
import { shownSettingsIn, shownSettingsOf } from './setups.ts'
import { clinicPhones, dialledNumbersBy, identitiesNamed, peopleByAddress } from './queries.ts'

type House = { db: Db; config: Pick<Work['config'], 'defaultCountry'> }

/**
 * Who of our people a platform means by each name: what was set for this platform counts before what was set for all, and
 * both before the address somebody signs in with. A name that two people have is nobody's: nothing is shown by a guess.
 */
export async function agentsNamed(
  db: Db,
  provider: string,
  names: readonly string[],
): Promise<Map<string, string | null>> {
  const values = [...new Set(names.map(folded))].filter(Boolean)
  if (values.length === 0) return new Map(names.map((name) => [name, null]))
  const [identities, people] = [await identitiesNamed(db, provider, values), await peopleByAddress(db, values)]
  const setFor = (value: string, whom: string) =>
    identities.filter((row) => row.value === value && row.provider === whom).map(({ user_id }) => user_id)
  const meant = (name: string) => {
    const value = folded(name)
    const own = setFor(value, provider)
    const any = own.length > 0 ? own : setFor(value, '')
    const ids = any.length > 0 ? any : people.filter(({ address }) => address === value).map(({ id }) => id)
    return new Set(ids).size === 1 ? ids[0]! : null
  }
  return new Map(names.map((name) => [name, meant(name)]))
}

export const knowsConnector = (name: string): boolean => connectorNamed(name) !== null

/** Whether a page of ours, in the platform's desktop or with its telephone in it, may tell of an agent's calls. */
export function hasPages(name: string): boolean {
  const connector = connectorNamed(name)
  return connector !== null && (connector.frameOrigins.length > 0 || connector.softphone !== null)
}

export { readAgain } from './read-again.ts'

/** What a platform is called by people. */
export const connectorTitle = (name: string): string => connectorNamed(name)?.title ?? name

type Frame = { title: string; origins: string[]; settings: Settings }

/** What a platform is called, what was set for it, and which sites may show our panel in its name: none, until somebody says so. */
export async function frameFor(db: Db, name: string): Promise<Frame | null> {
  const connector = connectorNamed(name)
  if (!connector) return null
  const [saved] = await db.select().from(frameOrigins).where(eq(frameOrigins.connector, name))
  const settings = await shownSettingsOf(db, connector)
  return { title: connector.title, origins: saved?.origins ?? [], settings }
}

/** A platform's telephone in a window of ours, and where the browser may load it from; null where there is none. */
export async function softphoneFor(db: Db, name: string) {
  const connector = connectorNamed(name)
  if (!connector?.softphone) return null
  const settings = await shownSettingsOf(db, connector)
  return { title: connector.title, settings, sources: connector.softphone.sources(settings) }
}

/** The telephones that somebody set up; those that only could be are not among them. */
export async function phonesFor(db: Db) {
  const setups = await savedSetups(db)
  return connectors.flatMap((connector) => {
    const { name, title, softphone } = connector
    const setup = setups.find((saved) => saved.connector === name)
    if (!softphone || !setup) return []
    const { frames } = softphone.sources(shownSettingsIn(connector, setup))
    return frames.length > 0 ? [{ connector: name, title }] : []
  })
}

/** As names of agents are kept and compared. */
export const folded = (name: string): string => name.trim().toLowerCase()

export type Dialled = { id: string | null; clinic_id: string | null }

/** Which number of ours was called, by whatever a platform wrote; a clinic's own number says at least which clinic. */
export async function dialledNumberOf({ db, config }: House, text: string | null): Promise<Dialled | null> {
  const query = text === null ? null : phoneQuery(text, config.defaultCountry)
  if (query?.kind !== 'number') return null
  const [dialled] = await dialledNumbersBy(db, [query.key])
  if (dialled) return dialled
  const [clinicId] = await clinicsAt({ db, config }, query.key)
  return clinicId ? { id: null, clinic_id: clinicId } : null
}

/** Whether a number is one of ours, so that it never is a patient's. */
export async function isOwnNumber({ db, config }: House, key: string): Promise<boolean> {
  const [dialled] = await dialledNumbersBy(db, [key])
  return dialled !== undefined || (await clinicsAt({ db, config }, key)).length > 0
}

async function clinicsAt({ db, config }: House, key: string): Promise<string[]> {
  const clinics = await clinicPhones(db)
  return clinics
    .filter(({ phone }) => phoneKeys(phone ?? '', config.defaultCountry).some((own) => own.key === key))
    .map(({ id }) => id)
}
