import type { CallData, Happening } from '../call.ts'

export type CrmObject = {
  id: string
  label: string
  name: string
  type?: string
  isWho: boolean
  isWhat: boolean
  fields?: { displayName: string; value: string }[]
}

/** What Five9 says with each question; only calls have a number. */
export type Asked = { interactionType?: string; interactionData?: CallData }

/** What Five9's telephone asks of the page around it. */
export type CrmApi = {
  getAdtConfig(): Promise<Record<string, string | boolean>>
  search(asked: Asked): Promise<{ crmObjects: CrmObject[] }>
  screenPop(asked: Asked & { crmObject?: CrmObject }): Promise<void>
  saveLog(asked: Asked & { interactionLogData?: CallData }): Promise<void>
  bringAppToFront(): Promise<void>
  getTodayCallsCount(): Promise<number>
  getTodayChatsCount(): Promise<number>
  getTodayEmailsCount(): Promise<number>
  openMyCallsToday(): Promise<void>
  openMyChatsToday(): Promise<void>
  openMyEmailsToday(): Promise<void>
  enableClickToDial(): Promise<void>
  disableClickToDial(): Promise<void>
}

type Sdk = {
  crmApi(): { registerApi(api: CrmApi): void }
  interactionApi(): {
    subscribe(handlers: Record<Happening, (told: { callData?: CallData }) => void>): void
    click2dial(wanted: { click2DialData: { clickToDialNumber: string } }): unknown
  }
}

const patienceMs = 20_000

/** Five9's library from Five9's own address, or null where it does not come. */
export async function loadSdk(address: string): Promise<Sdk | null> {
  const script = document.createElement('script')
  const arrived = new Promise<boolean>((resolve) => {
    script.addEventListener('load', () => resolve(true))
    script.addEventListener('error', () => resolve(false))
    setTimeout(() => resolve(false), patienceMs)
  })
  script.src = address
  document.head.append(script)
  const { Five9 } = (await arrived) ? (window as { Five9?: { CrmSdk?: Sdk } }) : {}
  return Five9?.CrmSdk ?? null
}
