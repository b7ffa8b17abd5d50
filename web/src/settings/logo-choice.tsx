import { Button, Group, Input, Text } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.layer.css'
import { IconPhotoUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '../i18n.ts'
import { Problem } from '../ui/problem.tsx'
import classes from './logo-choice.module.css'
import { readLogo } from './read-logo.ts'

type Props = { value: string | null; onChange: (logo: string | null) => void }

const types = ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml']
const maxBytes = 10_000_000

/** A picture, made small enough here to travel with every page; on light and on dark ground. */
export function LogoChoice({ value, onChange }: Props) {
  const t = useT()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function take(files: File[]) {
    const [file] = files
    if (!file) return
    setBusy(true)
    setProblem(null)
    const logo = await readLogo(file).finally(() => setBusy(false))
    if (logo) onChange(logo)
    else setProblem(t('settings.organisation.logo_unreadable'))
  }
  return (
    <div>
      <Input.Label id="logo-label">{t('settings.organisation.logo')}</Input.Label>
      <div className={classes.choice}>
        <Dropzone
          onDrop={(files) => void take(files)}
          onReject={() => setProblem(t('settings.organisation.logo_refused'))}
          accept={types}
          maxSize={maxBytes}
          multiple={false}
          loading={isBusy}
          className={classes.zone!}
          inputProps={{ 'aria-labelledby': 'logo-label' }}
          aria-labelledby="logo-label"
        >
          <Group gap="sm" wrap="nowrap">
            <IconPhotoUp size={24} stroke={1.5} aria-hidden className={classes.icon} />
            <div>
              <Text>{t('settings.organisation.logo_drop')}</Text>
              <Text size="xs" c="dimmed">
                {t('settings.organisation.logo_text')}
              </Text>
            </div>
          </Group>
        </Dropzone>
        {value && (
          <div className={classes.shown}>
            <img src={value} alt={t('settings.organisation.logo_on_light')} className={classes.picture} />
            <img src={value} alt={t('settings.organisation.logo_on_dark')} className={classes.picture} data-dark />
            <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onChange(null)}>
              {t('settings.organisation.logo_remove')}
            </Button>
          </div>
        )}
      </div>
      <Problem>{problem}</Problem>
    </div>
  )
}
