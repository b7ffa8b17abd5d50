import { AppError } from '../app-error.ts'

/** The error of PostgreSQL or of the socket below Drizzle's wrapping. */
function origin(error: unknown): { code: string; message: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const { code, message } = cause as { code?: unknown; message?: unknown }
  return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : '' }
}

// Class 08: connection; 53: out of resources; 57P0x: shutting down or starting; 57014: statement timeout;
// 55P03: lock timeout; 25P03: idle in transaction.
const gone =
  /^(08\w{3}|53\w{3}|57P0\w|57014|55P03|25P0\d|ECONN\w+|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_\w+|E\w+UNREACH)$/
const lost =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered)/

/** True when the database is away, starting, stopping or too slow, rather than unhappy with a question. */
export function isDatabaseDown(error: unknown): boolean {
  const { code, message } = origin(error)
  return gone.test(code) || lost.test(message)
}

/** Class 22: a value the database cannot hold, such as a date out of range. */
export const isRefusedValue = (error: unknown): boolean => /^22\w{3}$/.test(origin(error).code)

/** Runs a write whose unique names somebody may have taken: then it is refused with this sentence. */
export async function refusingDuplicates<T>(sentence: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (origin(error).code === '23505') throw new AppError('already_exists', sentence)
    throw error
  }
}
