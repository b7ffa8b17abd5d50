/** A day as people type it, day first: `12/7/2025`, `12.07.25`, `12-7` (of the year that is nearest ahead). */
export function dayTyped(typed: string, today: string): string | null {
  const match = /^\s*(\d{1,2})\s*[./\s-]\s*(\d{1,2})(?:\s*[./\s-]\s*(\d{4}|\d{2}))?\s*$/.exec(typed)
  if (!match) return null
  const [, day = '', month = '', year] = match
  const written = (full: number) => `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const thisYear = Number(today.slice(0, 4))
  const text = year ? written(year.length === 2 ? 2000 + Number(year) : Number(year)) : written(thisYear)
  const ahead = !year && text < today ? written(thisYear + 1) : text
  return existing(ahead)
}

function existing(day: string): string | null {
  const date = new Date(`${day}T12:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : null
}
