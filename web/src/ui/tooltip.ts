/** On its own, so that it can be fetched later than the rest of the library. */
export { Tooltip } from '@mantine/core'
