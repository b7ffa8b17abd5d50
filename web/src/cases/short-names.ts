/** Leaves off the words that all of these names begin with: of "Centro Oculistico Roma" and "… Milano" the cities remain. */
export function shortening(names: readonly string[]): (name: string) => string {
  const [first, ...others] = names.map((name) => name.split(' '))
  if (!first || others.length === 0) return (name) => name
  const shared = first.findIndex((word, i) => others.some((words) => words[i] !== word || i === words.length - 1))
  // The last word is the name itself.
  const cut = Math.min(shared < 0 ? first.length : shared, first.length - 1)
  const begin = first.slice(0, cut).join(' ')
  return (name) => (cut > 0 && name.startsWith(`${begin} `) ? name.slice(begin.length + 1) : name)
}
