const edge = 256
const maxBytes = 100_000

/**
 * A picture as a data: address, at most 256 pixels wide and high and 100 kB; null for what is no picture. Drawing it anew
 * leaves behind whatever else was in the file: scripts of an SVG, the place where a photograph was taken.
 */
export async function readLogo(file: Blob): Promise<string | null> {
  const url = URL.createObjectURL(file)
  try {
    const picture = await load(url)
    return drawn(picture)
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(url)
  }
}

async function load(url: string) {
  const picture = new Image()
  picture.src = url
  await picture.decode()
  return picture
}

function drawn(picture: HTMLImageElement): string | null {
  // An SVG may have no size of its own.
  const [width, height] = [picture.naturalWidth || edge, picture.naturalHeight || edge]
  const scale = Math.min(1, edge / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const context = canvas.getContext('2d')
  if (!context) return null
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const tries = [canvas.toDataURL('image/png'), ...[0.92, 0.8, 0.6].map((q) => canvas.toDataURL('image/webp', q))]
  return tries.find((data) => bytesOf(data) <= maxBytes) ?? null
}

/** Of what base 64 stands for. */
const bytesOf = (data: string) => ((data.length - data.indexOf(',') - 1) * 3) / 4
