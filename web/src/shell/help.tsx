import { Modal, Switch, Table, Text } from '@mantine/core'
import { useT } from '../i18n.ts'
import {
  keysShown,
  type Shortcut,
  shortcutScopes,
  turnSingleKeys,
  useShortcuts,
  useSingleKeysOn,
} from '../shortcuts.ts'
import classes from './help.module.css'

/** Every shortcut that works now, as registered; what belongs to the page first. */
export function Help({ onClose }: { onClose: () => void }) {
  const t = useT()
  const shortcuts = useShortcuts()
  const isOn = useSingleKeysOn()
  return (
    <Modal opened onClose={onClose} title={t('shell.help.title')} size="lg">
      <div className={classes.lists}>
        {shortcutScopes.toReversed().map((scope) => (
          <List key={scope} title={t(`shell.help.${scope}`)} shortcuts={shortcuts.filter((s) => s.scope === scope)} />
        ))}
      </div>
      <Switch
        mt="lg"
        label={t('shell.help.single_keys')}
        description={t('shell.help.single_keys_why')}
        checked={isOn}
        onChange={(event) => turnSingleKeys(event.currentTarget.checked)}
      />
    </Modal>
  )
}

function List({ title, shortcuts }: { title: string; shortcuts: Shortcut[] }) {
  const t = useT()
  if (!shortcuts.length) return null
  return (
    <section>
      <Text component="h3" fw={600} size="sm" mb="xs">
        {title}
      </Text>
      <Table withRowBorders={false} verticalSpacing={4} highlightOnHover={false}>
        <Table.Tbody>
          {shortcuts.map(({ keys, description }) => (
            <Table.Tr key={keys}>
              <Table.Td>{description}</Table.Td>
              <Table.Td className={classes.keys}>
                {keysShown(keys).map((key, i) => (
                  <span key={key + i}>
                    {i > 0 && <span className={classes.then}>{keys.includes('+') ? '+' : t('shell.help.then')}</span>}
                    <kbd className={classes.key}>{key}</kbd>
                  </span>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
