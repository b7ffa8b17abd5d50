import type { MantineColorsTuple } from '@mantine/core'
import { accentShades } from './accent.ts'

const gray: MantineColorsTuple = [
  '#f8fafc',
  '#f1f5f9',
  '#e2e8f0',
  '#cbd5e1',
  '#94a3b8',
  '#64748b',
  '#475569',
  '#334155',
  '#1e293b',
  '#0f172a',
]
/** From text to ground: 0 text, 2 quiet text, 3 placeholders, 4 hairlines, 6 fields, 7 pages. */
const dark: MantineColorsTuple = [
  '#e2e8f0',
  '#cbd5e1',
  '#a3b1c6',
  '#8b9bb3',
  '#334155',
  '#293548',
  '#1e293b',
  '#131c2e',
  '#0f172a',
  '#0b1120',
]
const red: MantineColorsTuple = [
  '#fef2f2',
  '#fee2e2',
  '#fecaca',
  '#fca5a5',
  '#f87171',
  '#ef4444',
  '#dc2626',
  '#b91c1c',
  '#991b1b',
  '#7f1d1d',
]
const blue: MantineColorsTuple = [
  '#eff6ff',
  '#dbeafe',
  '#bfdbfe',
  '#93c5fd',
  '#60a5fa',
  '#3b82f6',
  '#2563eb',
  '#1d4ed8',
  '#1e40af',
  '#1e3a8a',
]
const amber: MantineColorsTuple = [
  '#fffbeb',
  '#fef3c7',
  '#fde68a',
  '#fcd34d',
  '#fbbf24',
  '#f59e0b',
  '#d97706',
  '#a14a08',
  '#92400e',
  '#78350f',
]
const green: MantineColorsTuple = [
  '#f0fdf4',
  '#dcfce7',
  '#bbf7d0',
  '#86efac',
  '#4ade80',
  '#22c55e',
  '#16a34a',
  '#15803d',
  '#166534',
  '#14532d',
]
/** Between grey and red: what is lost, without alarm. */
const clay: MantineColorsTuple = [
  '#faf6f6',
  '#f3e9e9',
  '#e6d5d5',
  '#d4b8b8',
  '#c9a2a2',
  '#a87d7d',
  '#8f6363',
  '#7a4f4f',
  '#613f3f',
  '#4c3232',
]

/** Ten shades of each: 7 fills and colours text on light pages, 4 on dark ones. */
export const colours = { gray, dark, red, blue, yellow: amber, green, teal: accentShades(null), clay }
