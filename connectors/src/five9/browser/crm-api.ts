import type { CallEventReply, OwnCallEvent } from '@clinicacrm/contract/calls.ts'
import { keepNote } from '../../call-note.ts'
import type { PageHost } from '../../panel.ts'
import {
  type CallData,
  callOf,
  commentsIn,
  type createCourse,
  dispositionIn,
  interactionOf,
  otherSideOf,
  type Reading,
} from '../call.ts'
import { behind, objectsOf } from './found.ts'
import type { CrmApi } from './sdk.ts'
import { find } from './session.ts'

/** What the CRM said of a call last, and how to tell it more. */
export type Telling = {
  tell(event: OwnCallEvent | null, data: CallData): Promise<CallEventReply | null>
  lastOf(data: CallData): Promise<CallEventReply | null>
}

type Parts = {
  host: Pick<PageHost, 'address' | 'language'>
  telling: Telling
  course: ReturnType<typeof createCourse>
  settings: Reading & { shows_names: boolean }
  /** Whether the agent can dial now. */
  onDialling(can: boolean): void
}

const none = () => Promise.resolve()
const zero = () => Promise.resolve(0)

/** Lists of the day's calls are in the CRM's own log. */
const unused = {
  getAdtConfig: () =>
    Promise.resolve({
      providerName: 'ClínicaCRM',
      myCallsTodayEnabled: false,
      myChatsTodayEnabled: false,
      myEmailsTodayEnabled: false,
      showContactInfo: false,
    }),
  getTodayCallsCount: zero,
  getTodayChatsCount: zero,
  getTodayEmailsCount: zero,
  openMyCallsToday: none,
  openMyChatsToday: none,
  openMyEmailsToday: none,
} satisfies Partial<CrmApi>

/** What Five9's telephone asks of this page, answered from the CRM as this agent may see it. */
export function crmApiOf({ host, telling, course, settings, onDialling }: Parts): CrmApi {
  const { tell, lastOf } = telling
  /** How many were listed for a call: of several the agent picks one, the only one is popped by itself. */
  const listed = new Map<string | null, number>()

  return {
    ...unused,

    /** An error here would stand in the agent's way: a CRM that does not answer knows nobody. */
    async search({ interactionType = 'Call', interactionData = {} }) {
      const call = interactionType === 'Call' ? callOf(interactionData, settings) : null
      const phone = call && otherSideOf(call)
      const found = phone ? await find(host.address, phone).catch(() => null) : null
      const names = settings.shows_names
      const crmObjects = found ? objectsOf(found, { language: host.language, names }) : []
      listed.set(interactionOf(interactionData), crmObjects.length)
      return { crmObjects }
    },

    /**
     * The card comes by itself. This says whose call it is, and opens a page only where no other one is open to show it, or
     * where somebody was picked who has no case to show there.
     */
    async screenPop({ interactionData = {}, crmObject }) {
      const wanted = crmObject ? behind(crmObject) : null
      if (wanted === null) return
      let known = await lastOf(interactionData)
      const isNews = wanted.type === 'case' && known?.case_id !== wanted.id
      if (isNews) known = await tell(course.caseOf(interactionData, wanted.id), interactionData)
      const isPicked = (listed.get(interactionOf(interactionData)) ?? 0) > 1
      if (known?.delivered && (wanted.type === 'case' || !isPicked)) return
      const page = wanted.type === 'case' ? `../cases/${wanted.id}` : `../patients/${wanted.id}`
      window.open(new URL(page, host.address), 'clinicacrm-case')
    },

    async saveLog({ interactionData = {}, interactionLogData = {} }) {
      const said = { ...interactionData, ...interactionLogData }
      const [comments, disposition] = [commentsIn(said), dispositionIn(said)]
      if (disposition !== null) await tell(course.reasonOf(interactionData, disposition), interactionData)
      if (comments === null) return
      const known = (await lastOf(interactionData)) ?? (await tell(course.latestOf(interactionData), interactionData))
      // Five9 says so, and the agent can try again.
      if (!known || !(await keepNote(host.address, known.id, comments))) throw new Error('The note was not kept.')
    },

    bringAppToFront: () => Promise.resolve(window.focus()),
    enableClickToDial: () => Promise.resolve(onDialling(true)),
    disableClickToDial: () => Promise.resolve(onDialling(false)),
  }
}
