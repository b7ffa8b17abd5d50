import { useMediaQuery } from '@mantine/hooks'

/** Where a table has no room: cards and sheets instead. */
export const useIsNarrow = () => useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
