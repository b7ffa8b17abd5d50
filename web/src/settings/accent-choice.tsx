import { Button, ColorInput, Group, Text } from '@mantine/core'
import type { CSSProperties } from 'react'
import { accentShades, contrast } from '../accent.ts'
import { formatNumber } from '../format.ts'
import { useT } from '../i18n.ts'
import classes from './accent-choice.module.css'

type Props = { value: string | null; onChange: (accent: string | null) => void }

const swatches = ['#0f766e', '#1d4ed8', '#6d28d9', '#be185d', '#b91c1c', '#c2410c', '#4d7c0f', '#334155']
const isColour = (text: string) => /^#[0-9a-f]{6}$/i.test(text)

/** Any colour: where it could not be read it is made darker or lighter, and that is said. */
export function AccentChoice({ value, onChange }: Props) {
  const t = useT()
  const shades = accentShades(value)
  const [onLight, onDark] = [shades[7]!, shades[4]!]
  const isKept = value === null || onLight.toLowerCase() === value.toLowerCase()
  return (
    <div>
      <Group align="flex-end" gap="sm">
        <ColorInput
          label={t('settings.organisation.colour')}
          value={value ?? ''}
          placeholder={t('settings.organisation.colour_ours')}
          onChange={(colour) => (colour === '' || isColour(colour)) && onChange(colour === '' ? null : colour)}
          swatches={swatches}
          swatchesPerRow={8}
          format="hex"
          maw={220}
          eyeDropperButtonProps={{ 'aria-label': t('settings.organisation.colour_pick') }}
        />
        {value !== null && (
          <Button variant="default" onClick={() => onChange(null)}>
            {t('settings.organisation.colour_reset')}
          </Button>
        )}
      </Group>
      <div className={classes.previews}>
        <Preview name={t('settings.organisation.on_light')} scheme="light" colour={onLight} />
        <Preview name={t('settings.organisation.on_dark')} scheme="dark" colour={onDark} />
      </div>
      <Text size="sm" c="dimmed" role="status">
        {isKept
          ? t('settings.organisation.contrast_kept', { ratio: ratioOf(onLight) })
          : t('settings.organisation.contrast_changed', { colour: onLight, ratio: ratioOf(onLight) })}
      </Text>
    </div>
  )
}

const ratioOf = (colour: string) => formatNumber(contrast(colour, '#ffffff'), { maximumFractionDigits: 1 })

/** Drawn in its own colours whatever the page's are. */
function Preview({ name, scheme, colour }: { name: string; scheme: 'light' | 'dark'; colour: string }) {
  const t = useT()
  return (
    <div className={classes.preview} data-scheme={scheme} style={{ '--colour': colour } as CSSProperties}>
      <span className={classes.button}>{t('common.actions.save')}</span>
      <span className={classes.link}>{name}</span>
    </div>
  )
}
