import settings from './es/settings.json' with { type: 'json' }

export const texts = { settings }
