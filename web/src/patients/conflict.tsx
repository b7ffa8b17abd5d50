import type { PatientView } from '@clinicacrm/contract/patients.ts'
import { Alert, Button, Group } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import classes from './conflict.module.css'
import { changedIn, fieldsOf, type Person, type PersonField } from './person.ts'

type Props = { mine: Person; theirs: PatientView; onKeepMine: () => void; onTakeTheirs: () => void }

/** Somebody saved the same patient in between: both versions, field by field, and the choice. */
export function Conflict({ mine, theirs, onKeepMine, onTakeTheirs }: Props) {
  const t = useT()
  const saved = fieldsOf(theirs)
  const shown = (fields: Person, name: PersonField) => {
    const value = fields[name]
    if (typeof value === 'boolean') return value ? t('patients.yes') : t('patients.no')
    return value || t('common.not_set')
  }
  return (
    <Alert color="yellow" icon={<IconGitMerge size={18} />} title={t('patients.conflict.title')} mt="md" role="alert">
      <p className={classes.text}>{t('patients.conflict.text')}</p>
      <table className={classes.versions}>
        <thead>
          <tr>
            <th scope="col">{t('patients.conflict.field')}</th>
            <th scope="col">{t('patients.conflict.mine')}</th>
            <th scope="col">{t('patients.conflict.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {changedIn(mine, theirs).map((name) => (
            <tr key={name}>
              <th scope="row">{t(`patients.fields.${name}`)}</th>
              <td dir="auto">{shown(mine, name)}</td>
              <td dir="auto">{shown(saved, name)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Group gap="sm" mt="sm">
        <Button size="xs" onClick={onKeepMine}>
          {t('patients.conflict.keep_mine')}
        </Button>
        <Button size="xs" variant="default" onClick={onTakeTheirs}>
          {t('patients.conflict.take_theirs')}
        </Button>
      </Group>
    </Alert>
  )
}
