import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

/**
 * The name of whoever a trace calls `user:5` or `api_key:3`, by primary key; what bears no such name (`system`) as it
 * stands.
 */
export const nameOfActor = (actor: SQLWrapper): SQL<string> => sql<string>`coalesce(
  (select users.name from users where users.id = ${idAfter('user:', actor)}),
  (select api_keys.name from api_keys where api_keys.id = ${idAfter('api_key:', actor)}),
  ${actor})`

const idAfter = (prefix: string, actor: SQLWrapper) =>
  sql`case when ${actor} like ${sql.raw(`'${prefix}%'`)} then substr(${actor}, ${sql.raw(String(prefix.length + 1))})::bigint end`
