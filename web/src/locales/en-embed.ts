import embed from './en/embed.json' with { type: 'json' }

/** What only the panel in a platform's frame says. */
export const texts = { embed }
