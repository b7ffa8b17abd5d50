import { setTimeout as sleep } from 'node:timers/promises'
import { lookupPath, type Question } from './questions.ts'
import { serveProgram } from './servers.ts'

export type FirstAnswer = { situation: string; ms: number }

/** Milliseconds from the start of the process to the first right answer, each time with a new process. */
export async function firstAnswers(
  situation: string,
  environment: Record<string, string>,
  asked: { question: Question; key: string },
  times: number,
): Promise<FirstAnswer[]> {
  const found: FirstAnswer[] = []
  for (let n = 0; n < times; n++) {
    await sleep(500)
    const startedAt = performance.now()
    const server = await serveProgram(environment)
    try {
      const answer = await fetch(server.url + lookupPath(asked.question), { headers: { 'x-api-key': asked.key } })
      const { case_id } = (await answer.json()) as { case_id?: string }
      if (case_id !== asked.question.caseId) throw new Error(`the first answer was ${answer.status} ${case_id}`)
      found.push({ situation, ms: performance.now() - startedAt })
    } finally {
      await server.stop()
    }
  }
  return found
}
