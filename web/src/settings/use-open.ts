import { useNavigate, useSearch } from '@tanstack/react-router'

/** What is open over the list, kept in the address: `new`, an id, or nothing. The browser's back button closes it. */
export function useOpen(): { open: string | undefined; show(what: string): void; close(): void } {
  const { open } = useSearch({ from: '/$locale/signed-in/settings' })
  const navigate = useNavigate()
  return {
    open,
    show: (what) => void navigate({ to: '.', search: { open: what }, resetScroll: false }),
    close: () => void navigate({ to: '.', search: {}, resetScroll: false }),
  }
}
