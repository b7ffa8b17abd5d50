import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core'
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

/** Names of buttons that Mantine draws by itself, in the reader's language. */
export type ControlNames = { close: string; show_password: string; remove: string }

/** How everything looks; `docs` for the numbers is the 4 px grid, Inter, 14 px, and hairlines instead of shadows. */
export function themeFor(accent: string | null, names: ControlNames): MantineThemeOverride {
  return createTheme({
    colors: {
      gray,
      dark,
      red,
      blue,
      yellow: amber,
      green,
      teal: accentShades(null),
      clay,
      accent: accentShades(accent),
    },
    primaryColor: 'accent',
    primaryShade: { light: 7, dark: 4 },
    autoContrast: true,
    black: '#0f172a',
    white: '#ffffff',
    fontFamily: "'Inter Variable', 'Inter Fallback', system-ui, sans-serif",
    fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
    lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.45', xl: '1.4' },
    spacing: { xs: '0.25rem', sm: '0.5rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
    radius: { xs: '0.1875rem', sm: '0.25rem', md: '0.375rem', lg: '0.5rem', xl: '0.75rem' },
    defaultRadius: 'md',
    shadows: { xs: 'none', sm: 'none', md: floating, lg: floating, xl: floating },
    headings: {
      fontFamily: 'inherit',
      fontWeight: '600',
      sizes: {
        h1: { fontSize: '1.25rem', lineHeight: '1.4' },
        h2: { fontSize: '1rem', lineHeight: '1.5' },
        h3: { fontSize: '0.875rem', lineHeight: '1.45' },
        h4: { fontSize: '0.8125rem', lineHeight: '1.45' },
      },
    },
    respectReducedMotion: true,
    cursorType: 'pointer',
    components: componentsFor(names),
  })
}

const floating = '0 0.5rem 1.5rem rgb(15 23 42 / 16%), 0 0.125rem 0.375rem rgb(15 23 42 / 10%)'
const quick = { duration: 120 }

function componentsFor(names: ControlNames): NonNullable<MantineThemeOverride['components']> {
  const closeButtonProps = { 'aria-label': names.close }
  const overlayProps = { backgroundOpacity: 0.4 }
  return {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Alert: { defaultProps: { variant: 'light', closeButtonLabel: names.close } },
    Avatar: { defaultProps: { size: 28, radius: '100%' } },
    Badge: { defaultProps: { variant: 'light', size: 'md' } },
    Button: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'sm' } },
    CloseButton: { defaultProps: closeButtonProps },
    Drawer: {
      defaultProps: {
        position: 'right',
        transitionProps: { ...quick, transition: 'slide-left' },
        closeButtonProps,
        overlayProps,
      },
    },
    HoverCard: { defaultProps: { shadow: 'md', transitionProps: quick, openDelay: 400 } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: quick } },
    Modal: {
      defaultProps: {
        centered: true,
        transitionProps: { ...quick, transition: 'fade' },
        closeButtonProps,
        overlayProps,
      },
    },
    Notification: { defaultProps: { withBorder: true, closeButtonProps } },
    Paper: { defaultProps: { withBorder: true } },
    PasswordInput: { defaultProps: { visibilityToggleButtonProps: { 'aria-label': names.show_password } } },
    Pill: { defaultProps: { removeButtonProps: { 'aria-label': names.remove } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: quick } },
    Table: { defaultProps: { verticalSpacing: 7, horizontalSpacing: 'sm', highlightOnHover: true } },
    Tabs: { defaultProps: { keepMounted: false } },
    Tooltip: {
      defaultProps: { events: { hover: true, focus: true, touch: false }, openDelay: 400, transitionProps: quick },
    },
  }
}

/** Where Mantine's own choices could not be read easily, or are louder than ours. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--app-top-bar': '3.25rem', '--app-rail': '3.5rem' },
  light: {
    '--mantine-color-error': 'var(--mantine-color-red-7)',
    '--mantine-color-success': 'var(--mantine-color-green-7)',
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
    '--mantine-color-disabled-color': 'var(--mantine-color-gray-5)',
    '--app-hairline': 'var(--mantine-color-gray-2)',
    '--app-surface': 'var(--mantine-color-gray-0)',
    '--app-hover': 'var(--mantine-color-gray-1)',
  },
  dark: {
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-success': 'var(--mantine-color-green-4)',
    '--mantine-color-default-border': 'var(--mantine-color-dark-4)',
    '--mantine-color-accent-outline': 'var(--mantine-color-accent-4)',
    '--mantine-color-red-outline': 'var(--mantine-color-red-4)',
    '--app-hairline': 'var(--mantine-color-dark-5)',
    '--app-surface': 'var(--mantine-color-dark-8)',
    '--app-hover': 'var(--mantine-color-dark-6)',
  },
})
