// Prints vitest's result as one plain line, and fails when no test passed.
import { readFileSync } from 'node:fs'

const results = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const broken = results.testResults.filter(
  (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
)
const passed = results.numPassedTests
const failed = results.numFailedTests + broken.length // a file that could not even load counts as one
const skipped = results.numPendingTests + results.numTodoTests

process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`)
process.exitCode = passed === 0 || failed > 0 ? 1 : 0
