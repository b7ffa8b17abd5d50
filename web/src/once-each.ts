/** Rows of pages that were asked for one after the other: what moved from one to the next meanwhile is here once. */
export const onceEach = <T extends { id: string }>(rows: readonly T[]): T[] => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
]
