import { type CasePage, listTimeline, type TimelineEntry } from '@clinicacrm/contract/case-page.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ApiError, call } from '../api.ts'

export const timelineKinds = ['all', 'notes', 'changes'] as const
export type TimelineKind = (typeof timelineKinds)[number]

export type Timeline = {
  entries: TimelineEntry[]
  hasMore: boolean
  more: () => void
  isLoading: boolean
  error: ApiError | null
}

/** What came with the page, until somebody wants to see more of it or only a part. */
export function useTimeline({ case: { id }, timeline, timeline_cursor }: CasePage, kind: TimelineKind): Timeline {
  const [isExpanded, setExpanded] = useState(false)
  const isAsked = kind !== 'all' || isExpanded
  const query = useInfiniteQuery({
    queryKey: [listTimeline.name, { id, kind }],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(listTimeline, { params: { id }, query: { kind, ...(cursor && { cursor }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    enabled: isAsked,
  })
  const loaded = query.data?.pages.flatMap((page) => page.timeline)
  const isOfKind = (entry: TimelineEntry) =>
    entry.kind === 'note' ? kind === 'notes' : kind === 'changes' && !entry.call
  const arrived = kind === 'all' ? timeline : timeline.filter(isOfKind)
  return {
    entries: isAsked && loaded ? loaded : arrived,
    hasMore: isAsked && loaded ? query.hasNextPage : timeline_cursor !== null,
    more: () => (isAsked ? void query.fetchNextPage() : setExpanded(true)),
    isLoading: query.isFetching && (query.isPending || query.isFetchingNextPage),
    error: query.error as ApiError | null,
  }
}
