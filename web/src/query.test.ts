import { QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { queryClient, refresh } from './query.ts'

test('what changes while the first answer is under way is asked for again', async () => {
  const answers: ((answer: string) => void)[] = []
  const queryFn = () => new Promise<string>((resolve) => answers.push(resolve))
  const leave = new QueryObserver(queryClient, { queryKey: ['calls', {}], queryFn }).subscribe(() => undefined)
  const refreshed = refresh({ name: 'calls' })
  answers[0]!('before the change')
  await expect.poll(() => answers).toHaveLength(2)
  answers[1]!('after it')
  await refreshed
  expect(queryClient.getQueryData(['calls', {}])).toBe('after it')
  leave()
})
