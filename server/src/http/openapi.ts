export function openapiDocument(_options: { publicUrl: string }): object {
  return {}
}
