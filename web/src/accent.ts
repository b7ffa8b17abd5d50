import type { MantineColorsTuple } from '@mantine/core'

/** Ours, unless the organisation chose its own. */
const teal: MantineColorsTuple = [
  '#f0fdfa',
  '#ccfbf1',
  '#99f6e4',
  '#5eead4',
  '#2dd4bf',
  '#14b8a6',
  '#0d9488',
  '#0f766e',
  '#115e59',
  '#134e4a',
]

/** What text must differ from its ground by (WCAG 2.2, 1.4.3). */
const readable = 4.5
/** The shade that fills buttons and colours links, on light and on dark ground. */
const filled = { light: 7, dark: 4 }
const darkGround = '#1e293b'

/**
 * Ten shades from one colour, light to dark. Whatever the colour, the shade used on light pages can be read on white and
 * carries white text, and the shade used on dark pages can be read on the dark ground and carries dark text.
 */
export function accentShades(hex: string | null): MantineColorsTuple {
  const wanted = hex === null ? null : fromHex(hex)
  if (!wanted) return teal
  const shades = lightness.map((l, i) => toHex({ ...wanted, l, c: wanted.c * vividness[i]! }))
  shades[filled.light] = shadeUntil(wanted, -0.01, (shade) => contrast(shade, '#ffffff') >= readable)
  const { l } = fromHex(shades[filled.light]!)!
  shades[8] = toHex({ ...wanted, l: l - 0.07, c: wanted.c * 0.9 })
  shades[9] = toHex({ ...wanted, l: l - 0.13, c: wanted.c * 0.75 })
  const bright = { ...wanted, l: lightness[filled.dark]!, c: wanted.c }
  shades[filled.dark] = shadeUntil(bright, 0.01, (shade) => contrast(shade, darkGround) >= readable)
  return shades as unknown as MantineColorsTuple
}

const lightness = [0.985, 0.955, 0.91, 0.85, 0.785, 0.705, 0.6, 0.51, 0.44, 0.38]
const vividness = [0.12, 0.3, 0.55, 0.85, 1, 1, 1, 1, 0.9, 0.75]

/** Steps from white (`0.01`) or black until the test holds. */
function shadeUntil(from: Oklch, step: number, holds: (hex: string) => boolean): string {
  for (let { l } = from; l > 0 && l < 1; l += step) {
    const shade = toHex({ ...from, l })
    if (holds(shade)) return shade
  }
  return step > 0 ? '#ffffff' : '#000000'
}

/** How much two colours differ in brightness, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string) {
  const [r = 0, g = 0, b = 0] = linearOf(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

type Oklch = { l: number; c: number; h: number }

function linearOf(hex: string) {
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
}

/** Björn Ottosson's OKLab: equal steps of its lightness look equal, whatever the hue. */
function fromHex(hex: string): Oklch | null {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return null
  const [r = 0, g = 0, b = 0] = linearOf(hex)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const A = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const B = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(A, B),
    h: Math.atan2(B, A),
  }
}

/** Paler where the screen has no such colour. */
function toHex({ l, c, h }: Oklch): string {
  const rgb = linearFrom({ l, c, h })
  const isShown = rgb.every((value) => value > -0.0005 && value < 1.0005)
  if (!isShown && c > 0.001) return toHex({ l, c: c - 0.002, h })
  return `#${rgb.map((value) => byteOf(value).toString(16).padStart(2, '0')).join('')}`
}

function linearFrom({ l, c, h }: Oklch) {
  const A = c * Math.cos(h)
  const B = c * Math.sin(h)
  const long = (l + 0.3963377774 * A + 0.2158037573 * B) ** 3
  const medium = (l - 0.1055613458 * A - 0.0638541728 * B) ** 3
  const short = (l - 0.0894841775 * A - 1.291485548 * B) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}

function byteOf(linear: number) {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055
  return Math.round(Math.min(1, Math.max(0, value)) * 255)
}
