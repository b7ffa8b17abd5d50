import { parseArgs } from 'node:util'

export type Options = {
  smoke: boolean
  /** Patients in each dataset. */
  sizes: number[]
  connections: number[]
  rounds: number
  seconds: number
  warmUpSeconds: number
  /** Also measure the bulk import against raw COPY. */
  imports: boolean
}

const usage = `npm run bench -- [options]

  --sizes 10k,100k,1m      patients in each dataset
  --huge                   10 million patients as well
  --connections 1,16,64    connections of the load generator
  --rounds 3               rounds; medians are taken over them
  --seconds 2              measured seconds of each round
  --no-import              leave out the bulk import
  --smoke                  2,000 patients, one short round: does everything answer correctly?
`

export function readOptions(argv: string[]): Options | null {
  const { values } = parseArgs({
    args: argv,
    options: {
      help: { type: 'boolean', short: 'h' },
      smoke: { type: 'boolean', default: false },
      huge: { type: 'boolean', default: false },
      'no-import': { type: 'boolean', default: false },
      sizes: { type: 'string', default: '10k,100k,1m' },
      connections: { type: 'string', default: '1,16,64' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '2' },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return null
  }
  const { smoke } = values
  const sizes = values.sizes.split(',').map(countOf)
  return {
    smoke,
    sizes: smoke ? [2_000] : [...sizes, ...(values.huge ? [10_000_000] : [])].sort((a, b) => a - b),
    connections: values.connections.split(',').map(countOf),
    rounds: smoke ? 1 : countOf(values.rounds),
    seconds: smoke ? 0.3 : positive(values.seconds),
    warmUpSeconds: smoke ? 0.1 : 0.5,
    imports: !values['no-import'],
  }
}

/** `10k`, `1m`, `250000`. */
function countOf(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+)([km]?)$/i.exec(text.trim()) ?? []
  return positive(digits) * ({ k: 1_000, m: 1_000_000 }[unit.toLowerCase()] ?? 1)
}

function positive(text: string): number {
  const value = Number(text)
  if (text === '' || !(value > 0)) throw new Error(`"${text}" is not a positive number`)
  return value
}
