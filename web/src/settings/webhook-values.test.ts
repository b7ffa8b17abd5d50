import type { WebhookView } from '@clinicacrm/contract/webhooks.ts'
import { expect, test } from 'vitest'
import { bodyOf, isAddress, nameOfWebhook, newWebhookValues, stateOfWebhook } from './webhook-values.ts'

test.each([
  [{ url: 'https://hooks.example:8443/a/b', description: null }, 'hooks.example:8443'],
  [{ url: 'https://hooks.example/', description: '  ' }, 'hooks.example'],
  [{ url: 'https://hooks.example/', description: 'Agenda\nPer le visite' }, 'Agenda'],
])('%o is called %s', (webhook, name) => expect(nameOfWebhook(webhook)).toBe(name))

test.each([
  [{ active: true, stopped_because: null, failing: 0 }, 'active'],
  [{ active: true, stopped_because: null, failing: 3 }, 'failing'],
  [{ active: false, stopped_because: null, failing: 3 }, 'paused'],
  [{ active: false, stopped_because: 'gone', failing: 0 }, 'stopped'],
] as const)('%o is %s', (webhook, state) => expect(stateOfWebhook(webhook as WebhookView)).toBe(state))

test('an address is one of the web', () => {
  expect(['https://a.example', 'http://10.0.0.1:80/x'].every(isAddress)).toBe(true)
  expect(['a.example', 'ftp://a.example', ''].some(isAddress)).toBe(false)
})

test('what was left empty is none', () => {
  expect(bodyOf({ ...newWebhookValues(null), url: ' https://a.example ', description: ' ' })).toMatchObject({
    url: 'https://a.example',
    description: null,
    clinics: null,
  })
})
