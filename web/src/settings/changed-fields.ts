/** What differs from how it was; texts without the blanks around them. */
export function changedFields<V extends object>(before: V, after: V): Partial<V> {
  const was = before as Record<string, unknown>
  const entries = Object.entries(after).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value])
  return Object.fromEntries(
    entries.filter(([name, value]) => JSON.stringify(was[name as string]) !== JSON.stringify(value)),
  ) as Partial<V>
}
