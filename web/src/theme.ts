import {
  createTheme,
  type CSSVariablesResolver,
  defaultVariantColorsResolver,
  type MantineThemeOverride,
  parseThemeColor,
  type VariantColorsResolver,
} from '@mantine/core'
import { accentShades } from './accent.ts'
import { colours } from './colours.ts'

/** Names of buttons that Mantine draws by itself, in the reader's language. */
export type ControlNames = { close: string; show_password: string; remove: string }

/** How everything looks: Inter at 14 px, a grid of 4 px, hairlines instead of shadows, one accent. */
export function themeFor(accent: string | null, names: ControlNames): MantineThemeOverride {
  return createTheme({
    colors: { ...colours, accent: accentShades(accent) },
    primaryColor: 'accent',
    primaryShade: { light: 7, dark: 4 },
    autoContrast: true,
    variantColorResolver: colourOfVariant,
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

/** Mantine chooses white or black text once for both schemes; our filled shades are dark in one and bright in the other. */
const colourOfVariant: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input)
  const { isThemeColor, shade } = parseThemeColor({
    color: input.color ?? input.theme.primaryColor,
    theme: input.theme,
  })
  const isFilled = input.variant === 'filled' && isThemeColor && shade === undefined
  return isFilled ? { ...colours, color: 'var(--app-on-filled)' } : colours
}

const floating = '0 0.5rem 1.5rem rgb(15 23 42 / 16%), 0 0.125rem 0.375rem rgb(15 23 42 / 10%)'
const quick = { duration: 120 }

function componentsFor(names: ControlNames): NonNullable<MantineThemeOverride['components']> {
  const closeButtonProps = { 'aria-label': names.close }
  const overlayProps = { backgroundOpacity: 0.4 }
  return {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Alert: {
      defaultProps: { variant: 'light', closeButtonLabel: names.close },
      vars: (_theme: unknown, { color = 'accent' }: { color?: string }) => ({
        root: {
          '--alert-bg': `color-mix(in srgb, var(--mantine-color-${color}-light) 50%, transparent)`,
          '--alert-bd': `1px solid var(--mantine-color-${color}-light-hover)`,
        },
      }),
    },
    Avatar: { defaultProps: { size: 28, radius: '100%' } },
    Badge: { defaultProps: { variant: 'light', size: 'md', tt: 'none', fw: 600 } },
    Button: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'sm', iconColor: 'var(--app-on-filled)' } },
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
    Menu: { defaultProps: { shadow: 'md', transitionProps: quick, withInitialFocusPlaceholder: false } },
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
    Radio: { defaultProps: { size: 'sm', iconColor: 'var(--app-on-filled)' } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: quick } },
    Table: { defaultProps: { verticalSpacing: 7, horizontalSpacing: 'sm', highlightOnHover: true } },
    Tabs: { defaultProps: { keepMounted: false } },
    Tooltip: {
      defaultProps: { events: { hover: true, focus: true, touch: false }, openDelay: 400, transitionProps: quick },
    },
  }
}

/** Where Mantine's own choices cannot be read easily, or are louder than ours. */
export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: { '--app-top-bar': '3.25rem', '--app-rail': '3.5rem' },
  light: {
    '--mantine-color-error': 'var(--mantine-color-red-7)',
    '--mantine-color-success': 'var(--mantine-color-green-7)',
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
    '--app-on-filled': 'var(--mantine-color-white)',
    '--app-hairline': 'var(--mantine-color-gray-2)',
    '--app-field-line': '#8592a8',
    '--app-surface': 'var(--mantine-color-gray-0)',
    '--app-hover': 'var(--mantine-color-gray-1)',
  },
  dark: {
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-success': 'var(--mantine-color-green-4)',
    ...Object.assign({}, ...Object.keys(colors).map(tintsOnDark)),
    '--app-on-filled': 'var(--mantine-color-black)',
    '--app-hairline': 'var(--mantine-color-dark-5)',
    '--app-field-line': '#64748b',
    '--app-surface': 'var(--mantine-color-dark-8)',
    '--app-hover': 'var(--mantine-color-dark-6)',
  },
})

/** On dark pages: a breath of the colour, and text that still has it. */
function tintsOnDark(name: string) {
  const colour = `--mantine-color-${name}`
  return {
    [`${colour}-light`]: `color-mix(in srgb, var(${colour}-4) 16%, var(--mantine-color-body))`,
    [`${colour}-light-hover`]: `color-mix(in srgb, var(${colour}-4) 26%, var(--mantine-color-body))`,
    [`${colour}-light-color`]: `var(${colour}-2)`,
    [`${colour}-outline`]: `var(${colour}-4)`,
  }
}
