import { saveUser, type UserView } from '@clinicacrm/contract/users.ts'
import { Alert, Button, Divider, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { formatDateTime } from '../format.ts'
import { localeNames, useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Problem } from '../ui/problem.tsx'
import { ClinicsChoice } from './clinics-choice.tsx'
import { useGuard } from './panel.tsx'
import { mayManage } from './people.ts'
import { RoleChoice } from './role-choice.tsx'
import { UserActs } from './user-acts.tsx'
import { useProblem } from './use-problem.ts'
import { rememberUser } from './remember-user.ts'

type Props = { user: UserView; isMe: boolean; onDone: () => void }

/** One person: name, role and clinics, and what an administrator does when somebody is stuck or leaves. */
export function UserForm({ user, isMe, onDone }: Props) {
  const t = useT()
  const mine = mayManage(useMe(), user)
  const { values, set, wrong, problem, submit, isBusy, isDirty } = useUserForm({ user, isMe, onDone })
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {isMe && <Alert color="gray">{t('settings.user.own')}</Alert>}
        {!isMe && !mine && (
          <Alert color="gray" icon={<IconLock size={18} />}>
            {t('settings.user.beyond')}
          </Alert>
        )}
        <TextInput
          label={t('settings.users.name')}
          value={values.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          maxLength={200}
          readOnly={!mine}
          error={wrong.name}
        />
        <Facts user={user} />
        <RoleChoice
          value={values.role}
          onChange={(role) => set({ role, ...(role === 'owner' && { clinics: null }) })}
          isReadOnly={isMe || !mine}
        />
        <ClinicsChoice
          label={t('settings.users.clinics')}
          text={t('settings.users.all_clinics_text')}
          value={values.clinics}
          onChange={(clinics) => set({ clinics })}
          isReadOnly={isMe || !mine || values.role === 'owner'}
          error={wrong.clinics ?? null}
        />
        <Problem>{problem}</Problem>
        {mine && (
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onDone}>
              {t('common.actions.cancel')}
            </Button>
            <Button type="submit" loading={isBusy} disabled={!isDirty}>
              {t('common.actions.save')}
            </Button>
          </Group>
        )}
        {mine && !isMe && (
          <>
            <Divider />
            <UserActs user={user} />
          </>
        )}
      </Stack>
    </form>
  )
}

function Facts({ user }: { user: UserView }) {
  const t = useT()
  return (
    <Text size="sm" c="dimmed" component="div">
      <div>{user.email}</div>
      <div>
        {t('settings.user.since', { when: formatDateTime(user.created_at), language: localeNames[user.locale] })}
      </div>
    </Text>
  )
}

type Values = Pick<UserView, 'name' | 'role' | 'clinics'>

function useUserForm({ user, isMe, onDone }: Props) {
  const t = useT()
  const [values, setValues] = useState<Values>(user)
  const [isTried, setTried] = useState(false)
  const saving = useCall(saveUser)
  const problem = useProblem(saving.error)
  const changes = changesOf(user, values)
  const isDirty = Object.keys(changes).length > 0
  useGuard(isDirty)
  const wrong = {
    ...(isTried && !values.name.trim() && { name: t('settings.needed.name') }),
    ...(isTried && values.clinics?.length === 0 && { clinics: t('settings.needed.clinic') }),
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!values.name.trim() || values.clinics?.length === 0) return focusFirstWrong()
    const rights = isMe ? { name: values.name.trim() } : changes
    saving.mutate(
      { params: { id: user.id }, body: { ...rights, version: user.version } },
      { onSuccess: saved, onError },
    )
  }
  function saved(next: UserView) {
    rememberUser(next)
    announce(t('common.saved'))
    onDone()
  }
  /** What somebody else saved is shown around what is typed here: the next try is against that. */
  function onError({ code, details }: { code: string; details: Record<string, unknown> }) {
    if (code === 'changed' && details.current) rememberUser(details.current as UserView)
  }
  return {
    values,
    set: (change: Partial<Values>) => setValues({ ...values, ...change }),
    wrong,
    problem,
    submit,
    isBusy: saving.isPending,
    isDirty,
  }
}

function changesOf(user: Values, { name, role, clinics }: Values): Partial<Values> {
  const same = JSON.stringify(user.clinics?.toSorted()) === JSON.stringify(clinics?.toSorted())
  return {
    ...(name.trim() !== user.name && { name: name.trim() }),
    ...(role !== user.role && { role }),
    ...(!same && { clinics }),
  }
}
