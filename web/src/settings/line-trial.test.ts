import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { trialOf } from './line-trial.ts'

const line = { url: 'https://crm.example/api/telephony/events/own-json/s3cret', hint: 'cret' }

test('the line for a terminal sends JSON, whatever is in the address of the person', () => {
  const trial = trialOf({ ...line, connector: 'own-json' }, "o'brien+a$b@clinic.example")
  const [, url, , type, , body] = execFileSync('sh', ['-c', trial!.replace('curl', 'printf "%s\\n" curl')])
    .toString()
    .split('\n')
  expect({ url, type, body: JSON.parse(body!) as unknown }).toEqual({
    url: line.url,
    type: 'content-type: application/json',
    body: { event: 'ringing', call_id: 'test-cret', from: '+390622224444', agent: "o'brien+a$b@clinic.example" },
  })
})

test('a CTI push is tried in its own words', () => {
  expect(trialOf({ ...line, connector: 'cti-push' }, 'giulia@clinic.example')).toContain('"event":"newCall"')
})

test('where a terminal could not say it as the platform does, there is no line', () => {
  expect(trialOf({ ...line, connector: 'twilio-flex' }, 'giulia@clinic.example')).toBeNull()
})
