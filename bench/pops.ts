import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { measureMemory } from './pop-memory.ts'
import { measurePaint } from './pop-paint.ts'
import { measureStorm } from './pop-storm.ts'
import { table } from './report.ts'

/* `npm run bench:pops`: does a ringing phone reach the right screen, in time, at scale, and when a server dies? */

const usage = `npm run bench:pops -- [paint] [memory] [storm] [options]

  paint      from a call's event to its card on an agent's screen, in Chromium
  memory     what connected pages cost one server process
  storm      shuffled, repeated and lost events at two processes, one of which is killed and started again
  (all three unless some are named)

  --calls 200          calls of paint
  --agents 50          agents connected meanwhile
  --streams 500        pages of memory
  --storm-calls 10000  calls of storm
  --seed 1             another seed, another storm
  --patients 10000     patients in the database
`

/** A bar, what was measured, and whether it is kept. */
export type Figure = { what: string; wanted: string; measured: string; kept: boolean }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h' },
    calls: { type: 'string', default: '200' },
    agents: { type: 'string', default: '50' },
    streams: { type: 'string', default: '500' },
    'storm-calls': { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    patients: { type: 'string', default: '10000' },
  },
})
const count = (name: Exclude<keyof typeof values, 'help'>) => {
  const value = Number(values[name])
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new Error(`--${name} must be a positive number, not ${values[name]}`)
}
const parts: Record<string, () => Promise<Figure[]>> = {
  paint: () => measurePaint({ calls: count('calls'), agents: count('agents'), patients: count('patients') }),
  memory: () => measureMemory({ streams: count('streams'), patients: count('patients') }),
  storm: () => measureStorm({ calls: count('storm-calls'), seed: count('seed'), patients: count('patients') }),
}
const unknown = positionals.find((name) => !(name in parts))
if (values.help || unknown) {
  process.stdout.write(unknown ? `There is no part "${unknown}".\n\n${usage}` : usage)
  process.exitCode = unknown ? 2 : 0
} else {
  const figures: Figure[] = []
  for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
    figures.push(...(await parts[name]!()))
    process.stdout.write(`${name} done, load ${loadavg()[0]!.toFixed(1)}\n`)
  }
  const verdict = ({ kept }: Figure) => (kept ? 'kept' : 'MISSED')
  table(
    [
      ['bar', 'wanted', 'measured', ''],
      ...figures.map((figure) => [figure.what, figure.wanted, figure.measured, verdict(figure)]),
    ],
    true,
  )
  if (figures.some(({ kept }) => !kept)) process.exitCode = 1
}
