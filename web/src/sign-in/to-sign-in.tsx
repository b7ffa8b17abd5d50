import { Anchor, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { currentLocale, useT } from '../i18n.ts'

/** The way on from a page that is a dead end. */
export function ToSignIn() {
  const t = useT()
  return (
    <Button
      mt="md"
      fullWidth
      renderRoot={(props) => <Link {...props} to="/$locale/sign-in" params={{ locale: currentLocale() }} />}
    >
      {t('sign_in.to_sign_in')}
    </Button>
  )
}

/** The way back from a form that one does not need after all. */
export function BackToSignIn() {
  const t = useT()
  return (
    <Anchor
      size="sm"
      ta="center"
      renderRoot={(props) => <Link {...props} to="/$locale/sign-in" params={{ locale: currentLocale() }} />}
    >
      {t('sign_in.back')}
    </Anchor>
  )
}
