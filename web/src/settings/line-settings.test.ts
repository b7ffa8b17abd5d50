import { expect, test } from 'vitest'
import { fieldsOf, ownFields, settingsFrom, valuesOf } from './line-settings.ts'

const schema = {
  type: 'object',
  properties: {
    region: { type: 'string', enum: ['eu', 'us'], default: 'eu', description: 'Where it runs.' },
    address: { type: 'string', maxLength: 200, default: '' },
    public_key: { type: 'string', maxLength: 4000, default: '' },
    greets: { type: 'boolean', default: true },
    token: { type: 'string', default: '', secret: true },
  },
}

test('each setting gets the field that suits it', () => {
  expect(fieldsOf(schema).map(({ name, kind }) => [name, kind])).toEqual([
    ['region', 'choice'],
    ['address', 'text'],
    ['public_key', 'long'],
    ['greets', 'switch'],
    ['token', 'secret'],
  ])
  expect(fieldsOf({})).toEqual([])
})

test('a form begins with what was saved, never with a secret', () => {
  const saved = { region: 'us', greets: false, token: 'should never come' }
  expect(valuesOf(fieldsOf(schema), saved)).toEqual({
    region: 'us',
    address: '',
    public_key: '',
    greets: false,
    token: null,
  })
})

test('a secret is sent when it was typed or taken away, and stays where it was not touched', () => {
  expect(settingsFrom({ region: 'eu', token: null })).toEqual({ region: 'eu' })
  expect(settingsFrom({ region: 'eu', token: '' })).toEqual({ region: 'eu', token: '' })
})

test('over a line, only what stands in the files is set for all', () => {
  const names = (takes: 'line' | 'key', in_files: string[]) =>
    ownFields({ takes, in_files, settings_schema: schema }).map(({ name }) => name)
  expect(names('line', ['address'])).toEqual(['address'])
  expect(names('line', [])).toEqual([])
  expect(names('key', ['address'])).toHaveLength(5)
})
