import settings from './en/settings.json' with { type: 'json' }

export const texts = { settings }
