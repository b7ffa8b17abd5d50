/** What parts of an address can mean; whatever they cannot is left out. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.slice(0, 200) : undefined

export function textsOf(value: unknown): string[] | undefined {
  const texts = [...new Set([value].flat().flatMap((one) => textOf(one) ?? []))].slice(0, 100)
  return texts.length ? texts : undefined
}

export function someOf<T extends string>(known: readonly T[], value: unknown): T[] | undefined {
  const some = textsOf(value)?.filter((one): one is T => (known as readonly string[]).includes(one))
  return some?.length ? some : undefined
}

export const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined => someOf(known, value)?.[0]

/** `2026-07-12` */
export function dayOf(value: unknown): string | undefined {
  const text = textOf(value)
  if (!text || !/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return undefined
  const date = new Date(`${text}T12:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined
}

/** Without what is undefined, as an address is written. */
export const definedOnly = <S extends object>(search: S): S =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as S
