type Person = { id: string; name: string }

/** What stands between an `@` and the caret: the beginning of a colleague's name. Null when nobody is being named. */
export function mentionAt(text: string, caret: number): { from: number; begun: string } | null {
  const match = /(?:^|[\s(])@([\p{L}\p{M}][\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*)?)?$/u.exec(text.slice(0, caret))
  if (!match) return null
  const begun = match[1] ?? ''
  return { from: caret - begun.length - 1, begun }
}

/** Colleagues whose first or last name begins so. */
export function peopleLike<P extends Person>(people: readonly P[], begun: string, limit = 6): P[] {
  const start = folded(begun)
  const fits = ({ name }: Person) =>
    folded(name).startsWith(start) ||
    folded(name)
      .split(' ')
      .some((part) => part.startsWith(start))
  return people.filter(fits).slice(0, limit)
}

/** The colleagues that a text names, each by the whole name after an `@`. */
export const mentionedIn = (text: string, people: readonly Person[]): string[] =>
  people.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id)

export type Part = { text: string; isMention: boolean; at: number }

/** A text cut into what names a colleague and what does not. */
export function partsOf(text: string, names: readonly string[]): Part[] {
  const parts: Part[] = []
  let rest = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const name = longestFirst(names).find((one) => text.startsWith(one, at + 1))
    if (!name) continue
    if (at > rest) parts.push({ text: text.slice(rest, at), isMention: false, at: rest })
    rest = at + 1 + name.length
    parts.push({ text: text.slice(at, rest), isMention: true, at })
  }
  return rest < text.length ? [...parts, { text: text.slice(rest), isMention: false, at: rest }] : parts
}

const longestFirst = (names: readonly string[]) => names.toSorted((one, other) => other.length - one.length)
const folded = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
