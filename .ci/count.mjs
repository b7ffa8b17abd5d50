// Prints the result of both runners as one plain line, and fails when either passed no test or any test failed.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
const read = (file) => (existsSync(join(folder, file)) ? JSON.parse(readFileSync(join(folder, file), 'utf8')) : null)

const runs = [countVitest(read('vitest.json')), countPlaywright(read('playwright.json'))]
const sum = (name) => runs.reduce((total, run) => total + run[name], 0)

process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`)
process.exitCode = sum('failed') > 0 || runs.some(({ passed }) => passed === 0) ? 1 : 0

function countVitest(results) {
  if (!results) return nothing('the unit and API tests')
  const broken = results.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + broken.length, // a file that could not even load counts as one
    skipped: results.numPendingTests + results.numTodoTests,
  }
}

function countPlaywright(results) {
  if (!results) return nothing('the browser tests')
  const { expected, unexpected, flaky, skipped } = results.stats
  return { passed: expected + flaky, failed: unexpected + results.errors.length, skipped }
}

function nothing(what) {
  process.stdout.write(`\nNo result of ${what}.\n`)
  return { passed: 0, failed: 0, skipped: 0 }
}
