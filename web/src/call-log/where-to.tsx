import { getRecording } from '@clinicacrm/contract/call-log.ts'
import type { CallView } from '@clinicacrm/contract/calls.ts'
import { Button } from '@mantine/core'
import { IconBriefcase, IconPlayerPlay, IconPlus, IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { currentLocale, useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { textOfError } from '../ui/error-text.ts'
import classes from './call-log.module.css'
import { numberOf } from './call-text.ts'

/** From a call to its case and patient, to a new case, and to what was said, for who may hear it. */
export function WhereTo({ call }: { call: CallView }) {
  const t = useT()
  const { may } = useMe()
  const locale = currentLocale()
  const { case_id, patient_id } = call
  const phone = numberOf(call)
  const isNobodys = !patient_id && call.match === 'none' && phone !== null
  return (
    <div className={classes.ways}>
      {case_id && may('cases:read') && (
        <Link to="/$locale/cases/$id" params={{ locale, id: case_id }}>
          <Button component="span" size="xs" leftSection={<IconBriefcase size={16} aria-hidden />}>
            {t('call_log.panel.open_case')}
          </Button>
        </Link>
      )}
      {patient_id && may('patients:read') && (
        <Link to="/$locale/patients/$id" params={{ locale, id: patient_id }}>
          <Button component="span" size="xs" variant="default" leftSection={<IconUser size={16} aria-hidden />}>
            {t('call_log.panel.open_patient')}
          </Button>
        </Link>
      )}
      {isNobodys && may('cases:write') && (
        <Link to="/$locale/cases/new" params={{ locale }} search={leadOf(call, phone)}>
          <Button component="span" size="xs" variant="default" leftSection={<IconPlus size={16} aria-hidden />}>
            {t('call_log.panel.new_case')}
          </Button>
        </Link>
      )}
      {call.has_recording && may('calls:listen') && <Listen id={call.id} />}
    </div>
  )
}

/** What is known of whoever called, for the form that asks the rest. */
function leadOf({ id, clinic, channel, origin, campaign }: CallView, phone: string) {
  return {
    phone,
    call_id: id,
    ...(clinic && { clinic }),
    ...(channel && { channel }),
    ...(origin && { origin }),
    ...(campaign && { campaign }),
  }
}

/** Where the recording is, the server says when it is asked; that somebody asked leaves a trace. */
function Listen({ id }: { id: string }) {
  const t = useT()
  const recording = useCall(getRecording)
  const listen = () => recording.mutate({ params: { id } }, { onSuccess: ({ url }) => openBeside(url) })
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        loading={recording.isPending}
        onClick={listen}
      >
        {t('call_log.panel.listen')}
      </Button>
      {recording.isError && (
        <p role="alert" className={classes.trouble}>
          {textOfError(t, recording.error)}
        </p>
      )}
    </>
  )
}

/** In a tab that knows nothing of this one. */
function openBeside(url: string) {
  const link = document.createElement('a')
  link.href = url
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  link.click()
}
