import type { Config } from '../config.ts'
import type { App } from './serve.ts'

export async function docsRoutes(_app: App, _config: Pick<Config, 'publicUrl'>): Promise<void> {}
