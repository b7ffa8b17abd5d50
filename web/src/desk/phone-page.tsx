import { Phone } from '../embed/phone.tsx'
import { ConnectionBanner } from '../shell/connection-banner.tsx'
import { SignInOnceEnded } from '../sign-in/sign-in-again.tsx'

/** The window with a platform's telephone. It hears of no calls itself: who shows none must not count as a page that does. */
export function PhonePage() {
  return <Phone banner={<ConnectionBanner />} signInAgain={<SignInOnceEnded />} />
}
