/** The window's address says which frame it works for, and nothing that would be worth stealing. */
export type Asking = { connector: string; challenge: string; state: string }

export function readAsking({ connector, challenge, state }: Record<string, unknown>): Asking {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return { connector: text(connector), challenge: text(challenge), state: text(state) }
}
