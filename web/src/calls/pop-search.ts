const names = ['phone', 'call_id', 'provider', 'case_id', 'patient_id'] as const

/** What a platform put into the address; what it left unfilled, the server knows. */
export type PopSearch = { [name in (typeof names)[number]]?: string }

export function readPopSearch(search: Record<string, unknown>): PopSearch {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = search[name]
      const text = typeof value === 'number' ? String(value) : value
      return typeof text === 'string' && text !== '' ? [[name, text.slice(0, 250)]] : []
    }),
  )
}
