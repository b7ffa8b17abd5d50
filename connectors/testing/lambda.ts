import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

type Invoked = { result: Record<string, unknown>; ms: number; log: string }

/** Requires `index.js` as AWS Lambda does, and answers each line with a line. */
const runtime = `
const { handler } = require(process.argv[1])
require('node:readline').createInterface({ input: process.stdin }).on('line', async (line) => {
  const startedAt = performance.now()
  const result = await handler(JSON.parse(line), {}, () => {})
  process.stderr.write(JSON.stringify({ result, ms: performance.now() - startedAt }) + '\\n')
})`

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url))

/**
 * A function as CloudFormation lays out code that stands in a template: `index.js` alone in its folder, a CommonJS module,
 * the AWS SDK beside the runtime. It has only the environment it is given, and stays warm until it is closed.
 */
export async function openLambda(code: string, environment: Record<string, string>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'lambda-'))
  const file = path.join(folder, 'index.js')
  await writeFile(file, code)
  const env = { NODE_PATH: packages, AWS_REGION: 'eu-central-1', ...environment }
  const child = spawn(process.execPath, ['-e', runtime, file], { env, stdio: 'pipe' })
  let log = ''
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()))
  return {
    invoke(event: unknown): Promise<Invoked> {
      log = ''
      return new Promise((resolve, reject) => {
        let said = ''
        const hear = (chunk: Buffer) => {
          said += chunk.toString()
          if (!said.endsWith('\n')) return
          child.stderr.off('data', hear)
          try {
            resolve({ ...(JSON.parse(said) as Omit<Invoked, 'log'>), log })
          } catch {
            reject(new Error(said))
          }
        }
        child.stderr.on('data', hear)
        child.stdin.write(`${JSON.stringify(event)}\n`)
      })
    },
    async close() {
      child.kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
