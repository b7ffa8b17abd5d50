import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export type Block = { language: string; text: string }

/** The fenced blocks of a page, in order; those inside a list lose its indentation. */
export function blocksIn(markdown: string): Block[] {
  return [...markdown.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)].map(
    ([, indent = '', language = '', text = '']) => ({
      language,
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  )
}

/** As somebody would paste it into a shell. */
export async function runInShell(text: string, variables: Record<string, string>): Promise<string> {
  const env = { PATH: process.env.PATH, ...variables }
  const { stdout } = await promisify(execFile)('sh', ['-euc', text], { env, timeout: 15_000 })
  return stdout
}
