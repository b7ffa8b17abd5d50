/**
 * Search parameters as people write and share them: `?status=NUOVO&status=IN_CORSO&search=0622`. Every value is text, or
 * several texts; nothing is guessed to be a number, which would eat the zero of `0622`.
 */
export type SearchParams = Record<string, string | string[]>

export function readSearchParams(text: string): SearchParams {
  const params = new URLSearchParams(text)
  const names = new Set(params.keys())
  return Object.fromEntries(
    [...names].map((name) => {
      const values = params.getAll(name)
      return [name, values.length > 1 ? values : values[0]!]
    }),
  )
}

export function writeSearchParams(search: Record<string, unknown>): string {
  const pairs = Object.entries(search).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one) =>
      one === undefined || one === null ? [] : [[name, String(one)]],
    ),
  )
  // A browser leaves these as they are in an address, and people can read them.
  const text = new URLSearchParams(pairs).toString().replaceAll('%40', '@').replaceAll('%3A', ':')
  return text && `?${text}`
}
