/** A name for one act, under which the server does it once however often it is asked. Works without HTTPS, too. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-')

/** For `call(…, …, onceAs(key))`. */
export const onceAs = (key: string): { headers: Record<string, string> } => ({ headers: { 'idempotency-key': key } })
