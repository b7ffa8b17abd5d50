import { generateKeyPairSync, sign } from 'node:crypto'

/** A certificate that nobody vouches for, and its key, made here and now: Node can use them but not make them. */
export function selfSigned(name: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const algorithm = sequence(objectId('2a8648ce3d040302'))
  const whose = sequence(set(sequence(objectId('550403'), der(0x0c, Buffer.from(name)))))
  const validity = sequence(time(Date.now() - dayMs), time(Date.now() + dayMs))
  const subjectKey = publicKey.export({ type: 'spki', format: 'der' })
  const signed = sequence(der(0x02, Buffer.from([1])), algorithm, whose, validity, whose, subjectKey)
  const signature = sign('sha256', signed, privateKey)
  const certificate = sequence(signed, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])))
  const lines = certificate.toString('base64').replaceAll(/.{64}/g, '$&\n').trim()
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}

const dayMs = 24 * 3_600_000

/** ASN.1 as certificates write it: what it is, how long it is, and itself. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts))
const set = (...parts: Buffer[]) => der(0x31, Buffer.concat(parts))
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const time = (at: number) => {
  const [, text = ''] = /^\d\d(.*)\..*$/.exec(new Date(at).toISOString().replaceAll(/[-:T]/g, '')) ?? []
  return der(0x17, Buffer.from(`${text}Z`))
}
