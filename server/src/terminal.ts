/** One line for the person at the terminal. Logs are another thing: see `events.ts`. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Rows under their headings, each column as wide as it must be. */
export function aligned(rows: string[][]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)))
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const width = 30

/** `[██████░░░] 61 %  61,000 of 100,000 patients`, redrawn in place; one line at the end where nobody watches. */
export function progressBar(noun: string): (done: number, total: number) => void {
  return (done, total) => {
    if (!process.stdout.isTTY && done < total) return
    const share = total ? done / total : 1
    const filled = Math.round(share * width)
    const bar = '█'.repeat(filled) + '░'.repeat(width - filled)
    const line = `[${bar}] ${Math.floor(share * 100)} %  ${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${noun}`
    process.stdout.write(process.stdout.isTTY ? `\r${line}${done >= total ? '\n' : ''}` : `${line}\n`)
  }
}
