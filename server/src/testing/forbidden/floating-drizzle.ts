// at: server/src/cases/planted-floating-drizzle.ts
// breaks: typescript(no-floating-promises)
import { drizzle } from 'drizzle-orm/node-postgres'
import { pgTable, text } from 'drizzle-orm/pg-core'

const cases = pgTable('cases', { reason: text() })
const db = drizzle('postgres://nowhere')

// A Drizzle query that nobody awaits never runs.
export function planted() {
  db.insert(cases).values({ reason: 'forgotten' })
}
