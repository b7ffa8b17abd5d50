import { lazy, Suspense, useState } from 'react'
import { CallBackButton } from './call-back-button.tsx'
import { later } from './fetched-ahead.ts'

type Props = { opened: boolean; onChange: (opened: boolean) => void }

const CallBackStrip = lazy(() => later.callBack().then(({ CallBackStrip }) => ({ default: CallBackStrip })))

/** The button, and the strip of moments that opens from it. */
export function CallBack({ opened, onChange }: Props) {
  const [wasOpened, setWasOpened] = useState(false)
  if (opened && !wasOpened) setWasOpened(true)
  const button = <CallBackButton onClick={() => onChange(!opened)} onPointerEnter={() => void later.callBack()} />
  if (!wasOpened) return button
  return (
    <Suspense fallback={button}>
      <CallBackStrip opened={opened} onChange={onChange} />
    </Suspense>
  )
}
