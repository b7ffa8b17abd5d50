import type { Role } from '@clinicacrm/contract/permissions.ts'
import { type SessionView, signInToDemo } from '@clinicacrm/contract/session.ts'
import { Loader, Text, Title, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { PersonAvatar } from '../ui/person-avatar.tsx'
import classes from './demo-people.module.css'
import { problemOf } from './problem-text.ts'
import { Problem } from '../ui/problem.tsx'

type Props = {
  people: { role: Role; name: string; email: string }[]
  onSignedIn: (session: SessionView) => void
}

/** In the demo: one button per role, with what that role may. */
export function DemoPeople({ people, onSignedIn }: Props) {
  const t = useT()
  const signingIn = useCall(signInToDemo)
  const isBusy = signingIn.isPending || signingIn.isSuccess
  if (people.length === 0) return null
  return (
    <section className={classes.people} aria-labelledby="demo-people">
      <Title order={2} size="h3" id="demo-people">
        {t('sign_in.demo.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('sign_in.demo.text')}
      </Text>
      <Problem>{signingIn.error && problemOf(t, signingIn.error)}</Problem>
      <ul className={classes.list}>
        {people.map(({ role, name }) => (
          <li key={role}>
            <UnstyledButton
              className={classes.person}
              disabled={isBusy}
              onClick={() =>
                signingIn.mutate({ body: { role } }, { onSuccess: ({ session }) => session && onSignedIn(session) })
              }
            >
              <PersonAvatar name={name} size={32} />
              <span className={classes.words}>
                <span className={classes.name}>
                  <span className={classes.role}>{t(`settings.roles.${role}.name`)}</span>
                  <span className={classes.who}>{name}</span>
                </span>
                <span className={classes.text}>{t(`settings.roles.${role}.text`)}</span>
              </span>
              {isBusy && signingIn.variables?.body.role === role ? (
                <Loader size={16} />
              ) : (
                <IconChevronRight size={16} aria-hidden className={classes.arrow} />
              )}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
