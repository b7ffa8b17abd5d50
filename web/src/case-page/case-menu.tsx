import { ActionIcon, type ActionIconProps, type ElementProps } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useT } from '../i18n.ts'
import { useLater } from './use-later.ts'

const load = () => import('./open-case-menu.tsx')
const OpenCaseMenu = lazy(() => load().then(({ OpenCaseMenu }) => ({ default: OpenCaseMenu })))

/** What is seldom done with a case. */
export function CaseMenu() {
  const { isUsed, button } = useLater(load)
  if (!isUsed) return <CaseMenuButton aria-haspopup="menu" {...button} />
  return (
    <Suspense fallback={<CaseMenuButton />}>
      <OpenCaseMenu />
    </Suspense>
  )
}

export function CaseMenuButton(props: ActionIconProps & ElementProps<'button', keyof ActionIconProps>) {
  const t = useT()
  return (
    <ActionIcon size="lg" aria-label={t('case.menu.label')} {...props}>
      <IconDots size={18} stroke={1.5} />
    </ActionIcon>
  )
}
