import type { NumberView } from '@clinicacrm/contract/patient-page.ts'
import { ActionIcon, type ActionIconProps, type ElementProps } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useT } from '../i18n.ts'
import { useLater } from './use-later.ts'

const load = () => import('./open-number-menu.tsx')
const OpenNumberMenu = lazy(() => load().then(({ OpenNumberMenu }) => ({ default: OpenNumberMenu })))

/** What can be said of a number. */
export function NumberMenu({ number }: { number: NumberView }) {
  const { isUsed, button } = useLater(load)
  if (!isUsed) return <NumberButton number={number} aria-haspopup="menu" {...button} />
  return (
    <Suspense fallback={<NumberButton number={number} />}>
      <OpenNumberMenu number={number} />
    </Suspense>
  )
}

type Props = ActionIconProps & ElementProps<'button', keyof ActionIconProps> & { number: NumberView }

export function NumberButton({ number, ...props }: Props) {
  const t = useT()
  return (
    <ActionIcon size="md" aria-label={t('case.numbers.menu', { number: number.shown })} {...props}>
      <IconDots size={16} />
    </ActionIcon>
  )
}
