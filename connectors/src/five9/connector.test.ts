import { expect, test } from 'vitest'
import { five9 } from './connector.ts'
import { telephoneAt, usual } from './sites.ts'

const sources = (settings: object) => five9.softphone!.sources(settings)

test('the page lets in Five9 and nobody else', () => {
  expect(sources({})).toEqual({
    frames: ['https://app.five9.com', 'https://*.five9.com', 'https://*.five9.net'],
    scripts: [usual.sdk_url],
  })
  expect(
    sources({
      sdk_url: 'https://cdn.phones.example/a;b,c/sdk.js?v=1',
      adt_url: 'https://phones.example/adt.html',
      sso_url: 'https://id.clinic.example/login?app=five9',
    }),
  ).toEqual({
    frames: ['https://phones.example', 'https://id.clinic.example'],
    scripts: ['https://cdn.phones.example/a%3Bb%2Cc/sdk.js'],
  })
})

test('the telephone is asked to speak with the page around it', () => {
  const sso_url = 'https://id.clinic.example/login?app=five9'
  const address = new URL(telephoneAt({ adt_url: usual.adt_url, sso_url }))
  expect(Object.fromEntries(address.searchParams)).toEqual({ f9crmapi: 'true', idpLoginUrl: sso_url })
  expect(telephoneAt({ adt_url: usual.adt_url, sso_url: '' })).toBe(`${usual.adt_url}?f9crmapi=true`)
})

test.each([
  { sdk_url: 'http://app.five9.com/sdk.js' },
  { adt_url: 'javascript:alert(1)' },
  { sdk_url: 'https://*/sdk.js' },
  { adt_url: "https://phones.example;script-src/'unsafe-inline'" },
  { adt_url: 'https://*.example/adt.html' },
  { sso_url: 'https://me:secret@id.clinic.example/login' },
  { adt_url: '' },
  { sso_url: 'idp' },
  { default_region: 'IT' },
  { strip_prefixes: '+39' },
])('%j is refused', (settings) => {
  expect(five9.settings.safeParse(settings).success).toBe(false)
})
