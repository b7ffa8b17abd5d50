import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'

type Spec = ReturnType<typeof loadAwsServiceSpecSync>
type Fields = Record<string, { type: Type; required?: boolean | undefined }>
type Type = {
  type: string
  element?: Type
  types?: Type[]
  reference?: { $ref: string }
  allowedValues?: readonly unknown[]
}
type Json = Record<string, unknown>
export type Stack = {
  Parameters: Record<string, Json>
  Conditions: Json
  Resources: Record<string, { Type: string; Condition?: string; Properties: Json }>
  Outputs: Json
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const isIntrinsic = (value: unknown) =>
  isObject(value) && Object.keys(value).some((name) => /^(Ref|Fn::\w+)$/.test(name))

/** What CloudFormation's own specification has against a template, property by property. */
export function faultsIn({ Resources }: Stack): string[] {
  const spec = loadAwsServiceSpecSync()
  return Object.entries(Resources).flatMap(([name, { Type: type, Properties }]) => {
    const [resource] = spec.lookup('resource', 'cloudFormationType', 'equals', type)
    if (!resource) return [`${name}: there is no ${type}`]
    return faultsOf(spec, Properties, resource.properties as Fields, name)
  })
}

function faultsOf(spec: Spec, value: Json, fields: Fields, at: string): string[] {
  const missing = Object.keys(fields).filter((name) => fields[name]!.required && !(name in value))
  return [
    ...missing.map((name) => `${at}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, inner]) => {
      const field = fields[name]
      return field ? faultsOfType(spec, inner, field.type, `${at}.${name}`) : [`${at}.${name} is not known`]
    }),
  ]
}

function faultsOfType(spec: Spec, value: unknown, type: Type, at: string): string[] {
  if (isIntrinsic(value)) return []
  const wrong = [`${at} is no ${type.type}`]
  switch (type.type) {
    case 'string':
      if (typeof value !== 'string') return wrong
      return !type.allowedValues || type.allowedValues.includes(value) ? [] : [`${at} may not be ${value}`]
    case 'integer':
      return Number.isInteger(value) ? [] : wrong
    case 'array':
      if (!Array.isArray(value)) return wrong
      return value.flatMap((one, i) => faultsOfType(spec, one, type.element!, `${at}.${i}`))
    case 'map':
      if (!isObject(value)) return wrong
      return Object.entries(value).flatMap(([name, one]) => faultsOfType(spec, one, type.element!, `${at}.${name}`))
    case 'ref':
      if (!isObject(value)) return wrong
      return faultsOf(spec, value, spec.get('typeDefinition', type.reference!).properties as Fields, at)
    case 'union':
      return type.types!.some((one) => faultsOfType(spec, value, one, at).length === 0) ? [] : wrong
    case 'json':
      return isObject(value) ? [] : wrong
    default:
      return [`${at}: nobody here checks ${type.type}`]
  }
}

const pseudo = /^AWS::(AccountId|Partition|Region|StackName)$/

/** Names that a template refers to and does not have. */
export function danglingIn(stack: Stack): string[] {
  const { Parameters, Conditions, Resources, Outputs } = stack
  const has = (name: string) => pseudo.test(name) || name in Parameters || name in Resources
  const spec = loadAwsServiceSpecSync()
  const hasAttribute = (name: string, attribute: string) => {
    const type = Resources[name]?.Type
    const [resource] = type ? spec.lookup('resource', 'cloudFormationType', 'equals', type) : []
    return resource !== undefined && attribute in resource.attributes
  }
  const dangling: string[] = []
  const check = (isThere: boolean, name: string) => isThere || dangling.push(name)
  const subs = (text: string) => {
    for (const [, name, attribute] of text.matchAll(/\$\{([\w:]+)(?:\.([\w.]+))?\}/g))
      check(attribute ? hasAttribute(name!, attribute) : has(name!), [name, attribute].filter(Boolean).join('.'))
  }
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk)
    if (!isObject(value)) return
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'Ref') check(has(inner as string), inner as string)
      else if (name === 'Fn::GetAtt') check(hasAttribute(...(inner as [string, string])), String(inner))
      else if (name === 'Fn::Sub') subs(inner as string)
      else if (name === 'Fn::If') check((inner as string[])[0]! in Conditions, (inner as string[])[0]!)
      else if (name === 'Condition') check((inner as string) in Conditions, inner as string)
      else if (name === 'DependsOn') check((inner as string) in Resources, inner as string)
      walk(inner)
    }
  }
  walk({ Conditions, Resources, Outputs })
  return dangling
}
