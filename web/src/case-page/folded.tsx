import { Button } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { useCase } from './case-context.ts'
import classes from './folded.module.css'

/** Instead of what speaks of somebody's health, until it is known who calls. Nobody is held up: one click shows it. */
export function Folded({ className = '' }: { className?: string | undefined }) {
  const t = useT()
  const { reveal } = useCase()
  return (
    <div className={`${classes.folded} ${className}`}>
      <IconEyeOff size={16} stroke={1.5} aria-hidden className={classes.icon} />
      <p className={classes.text}>{t('case.identity.folded')}</p>
      <Button variant="default" size="compact-sm" onClick={() => void reveal()}>
        {t('case.identity.show_anyway')}
      </Button>
    </div>
  )
}
