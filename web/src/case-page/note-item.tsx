import type { NoteView } from '@clinicacrm/contract/notes.ts'
import { ActionIcon } from '@mantine/core'
import { IconHistory, IconPencil } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { formatDateTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { Tip } from '../ui/tip.tsx'
import { useCase } from './case-context.ts'
import { nameOf, useColleagues } from './colleagues.ts'
import { partsOf } from './mentions.ts'
import { Meta } from './meta.tsx'
import classes from './timeline.module.css'

const NoteEditor = lazy(() => import('./note-editor.tsx').then(({ NoteEditor }) => ({ default: NoteEditor })))
const NoteHistory = lazy(() => import('./note-history.tsx').then(({ NoteHistory }) => ({ default: NoteHistory })))

/** A note with who wrote it; one's own can be changed, and what it said before stays readable. */
export function NoteItem({ note }: { note: NoteView }) {
  const t = useT()
  const { page, mayWrite, isRevealed } = useCase()
  const me = useMe().user.id
  const author = nameOf(useColleagues(), note.author)
  const [open, setOpen] = useState<'editor' | 'history' | null>(null)
  const close = () => setOpen(null)
  const isMine = note.author_id === me
  const edited = note.edited_at && formatDateTime(note.edited_at, { zone: page.clinic_zone })
  return (
    <article aria-label={t('case.notes.by', { who: author })}>
      <div className={classes.line}>
        <bdi className={classes.headline}>{author}</bdi>
        <Meta who={t('case.timeline.kinds.note')} at={note.created_at} />
        <span className={classes.tools}>
          {edited && (
            <Tool
              label={t('case.notes.edited', { when: edited })}
              icon={IconHistory}
              onClick={() => setOpen('history')}
            />
          )}
          {isMine && mayWrite && open !== 'editor' && (
            <Tool label={t('case.notes.edit')} icon={IconPencil} onClick={() => setOpen('editor')} />
          )}
        </span>
      </div>
      <Suspense fallback={<Body note={note} />}>
        {open === 'editor' ? (
          <NoteEditor note={note} onClose={close} />
        ) : isRevealed || isMine ? (
          <Body note={note} />
        ) : (
          <p className={classes.hidden}>{t('case.notes.hidden')}</p>
        )}
        {open === 'history' && <NoteHistory note={note} onClose={close} />}
      </Suspense>
    </article>
  )
}

const longFrom = { letters: 600, lines: 8 }

function Body({ note }: { note: NoteView }) {
  const t = useT()
  const colleagues = useColleagues()
  const [isOpen, setOpen] = useState(false)
  const isLong = note.body.length > longFrom.letters || note.body.split('\n').length > longFrom.lines
  const names = colleagues.filter(({ id }) => note.mentions.includes(id)).map(({ name }) => name)
  return (
    <>
      <p className={classes.body} dir="auto" data-long={(isLong && !isOpen) || undefined}>
        {partsOf(note.body, names).map(({ text, isMention, at }) =>
          isMention ? (
            <span key={at} className={classes.mention}>
              {text}
            </span>
          ) : (
            text
          ),
        )}
      </p>
      {isLong && (
        <button type="button" className={classes.more} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('case.notes.less') : t('case.notes.more')}
        </button>
      )}
    </>
  )
}

function Tool({ label, icon: Icon, onClick }: { label: string; icon: typeof IconPencil; onClick: () => void }) {
  return (
    <Tip label={label}>
      <ActionIcon size="sm" aria-label={label} onClick={onClick}>
        <Icon size={14} stroke={1.75} />
      </ActionIcon>
    </Tip>
  )
}
