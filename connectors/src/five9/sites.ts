/** Where Five9 keeps its library and its telephone, unless an administrator says otherwise. */
export const usual = {
  sdk_url: 'https://app.five9.com/dev/sdk/crm/latest/five9.crm.sdk.js',
  adt_url: 'https://app.five9.com/clients/integrations/adt.main.html',
} as const

export const domains = ['five9.com', 'five9.net'] as const

export type Sites = { sdk_url: string; adt_url: string; sso_url: string }

/**
 * The library takes a connection from any frame of the page, so that no other site may have one there. Signing in moves
 * the telephone to the host of the clinic's own data centre.
 */
export function sourcesOf({ sdk_url, adt_url, sso_url }: Sites): { frames: string[]; scripts: string[] } {
  const telephone = new URL(adt_url)
  const isFive9s = /\.five9\.(?:com|net)$/.test(telephone.hostname)
  const frames = [
    telephone.origin,
    ...(isFive9s ? ['https://*.five9.com', 'https://*.five9.net'] : []),
    ...(sso_url ? [new URL(sso_url).origin] : []),
  ]
  return { frames: [...new Set(frames)], scripts: [fileAt(sdk_url)] }
}

/** As a policy writes it: nothing that would end the entry. */
function fileAt(address: string): string {
  const { origin, pathname } = new URL(address)
  return origin + pathname.replaceAll(';', '%3B').replaceAll(',', '%2C')
}

/** The telephone, told that a page around it speaks its language, and where people of this clinic sign in. */
export function telephoneAt({ adt_url, sso_url }: Omit<Sites, 'sdk_url'>): string {
  const address = new URL(adt_url)
  address.searchParams.set('f9crmapi', 'true')
  if (sso_url) address.searchParams.set('idpLoginUrl', sso_url)
  return address.href
}
