import { Tabs } from '@mantine/core'
import { type ReactNode, use, useRef, useState } from 'react'
import { Guard } from './panel.tsx'

type Tab = {
  name: string
  label: string
  /** `onDone`: this one is saved. */
  draw: (onDone: () => void) => ReactNode
}

/**
 * Several forms about one thing, each saved by itself. What is typed in one stays while another is in front; when one is
 * saved, another with changes that are not comes to the front, and otherwise the panel closes.
 */
export function PanelTabs({ tabs, onDone }: { tabs: [Tab, ...Tab[]]; onDone: () => void }) {
  const outer = use(Guard)
  const dirty = useRef(new Set<string>())
  const [front, setFront] = useState(tabs[0].name)
  const [guards] = useState(() => new Map(tabs.map(({ name }) => [name, (is: boolean) => tell(name, is)])))

  function tell(name: string, isDirty: boolean) {
    if (isDirty) dirty.current.add(name)
    else dirty.current.delete(name)
    outer(dirty.current.size > 0)
  }
  function leave(name: string) {
    const other = tabs.find((tab) => tab.name !== name && dirty.current.has(tab.name))
    if (other) setFront(other.name)
    else onDone()
  }
  return (
    <Tabs value={front} onChange={(name) => name && setFront(name)} keepMounted keepMountedMode="display-none">
      <Tabs.List mb="md">
        {tabs.map(({ name, label }) => (
          <Tabs.Tab key={name} value={name}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ name, draw }) => (
        <Tabs.Panel key={name} value={name}>
          <Guard value={guards.get(name) ?? outer}>{draw(() => leave(name))}</Guard>
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
