import { pino, stdSerializers, type Logger } from 'pino'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

export type Verdict = 'found' | 'not_found' | 'withheld' | 'internal' | 'invalid' | 'unavailable'

/**
 * The only place that reports what happened: one function per fact, feeding log and counters together.
 * Ids and verdicts, never numbers, names or keys.
 */
export type Events = ReturnType<typeof createEvents>

export function createEvents(logLevel: string) {
  const log: Logger = pino({ level: logLevel, base: null, serializers: { err: withoutValues } })
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  const {
    lookups,
    lookupSeconds,
    requests,
    authFailures,
    signIns,
    shed,
    fallback,
    databaseFailures,
    pending,
    streams,
  } = meters(metrics)
  const { webhookAttempts, webhookSeconds } = webhookMeters(metrics)

  const warn = sparingly((sentence, error: Error, unsaid) => log.warn({ err: error, unsaid }, sentence))

  return {
    log,
    metrics,
    lookupAnswered(verdict: Verdict, ms: number) {
      lookups.inc({ verdict })
      lookupSeconds.observe(ms / 1000)
    },
    requestAnswered: (status: number) => requests.inc({ status: String(status) }),
    /** What was changed and by whom is in the audit; this line says that somebody was at work. */
    changeAnswered: (actor: string, method: string, route: string, status: number) =>
      log.info({ actor, method, route, status }, 'change'),
    keyRefused: (why: string) => authFailures.inc({ why }),
    requestShed: (why: string) => shed.inc({ why }),
    limiterFellBack(error: Error) {
      fallback.inc()
      warn('shared rate limit unavailable, this process limits alone', error)
    },
    databaseFailed(error: Error) {
      databaseFailures.inc()
      warn('database did not answer', error)
    },
    /** Who tried is in the audit, as far as it is known. */
    signInFailed: (why: string) => signIns.inc({ verdict: why }),
    signedIn: () => signIns.inc({ verdict: 'signed_in' }),
    mailFailed: (error: Error) => warn('a letter could not be sent', error),
    disclosuresPending: (count: number) => pending.set(count),
    streamsOpen: (count: number) => streams.set(count),
    webhookTried(outcome: string, ms: number) {
      webhookAttempts.inc({ outcome })
      webhookSeconds.observe(ms / 1000)
    },
    webhookStopped: (webhook: string, why: string) => log.warn({ webhook, why }, 'webhook stopped'),
    failed: (error: Error, route: string) => log.error({ err: error, route }, 'unexpected failure'),
  }
}

function meters(register: Registry) {
  const registers = [register]
  return {
    lookups: new Counter({
      name: 'clinicacrm_lookups_total',
      help: 'Lookups by verdict',
      labelNames: ['verdict'],
      registers,
    }),
    lookupSeconds: new Histogram({
      name: 'clinicacrm_lookup_seconds',
      help: 'Time from request to answer of a lookup',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
      registers,
    }),
    requests: new Counter({
      name: 'clinicacrm_responses_total',
      help: 'Answers by status',
      labelNames: ['status'],
      registers,
    }),
    authFailures: new Counter({
      name: 'clinicacrm_key_refusals_total',
      help: 'Refused credentials',
      labelNames: ['why'],
      registers,
    }),
    signIns: new Counter({
      name: 'clinicacrm_sign_ins_total',
      help: 'Attempts of people to sign in',
      labelNames: ['verdict'],
      registers,
    }),
    shed: new Counter({
      name: 'clinicacrm_shed_total',
      help: 'Requests answered 503 to stay responsive',
      labelNames: ['why'],
      registers,
    }),
    fallback: new Counter({
      name: 'clinicacrm_limiter_fallback_total',
      help: 'Requests limited by this process alone because the shared limiter did not answer',
      registers,
    }),
    databaseFailures: new Counter({
      name: 'clinicacrm_database_failures_total',
      help: 'Fast queries that failed',
      registers,
    }),
    pending: new Gauge({ name: 'clinicacrm_disclosures_pending', help: 'Disclosures not yet written', registers }),
    streams: new Gauge({ name: 'clinicacrm_live_streams', help: 'Open pages that hear what changes', registers }),
  }
}

function webhookMeters(register: Registry) {
  const registers = [register]
  return {
    webhookAttempts: new Counter({
      name: 'clinicacrm_webhook_attempts_total',
      help: 'Attempts to deliver an event to a webhook, by what came of them',
      labelNames: ['outcome'],
      registers,
    }),
    webhookSeconds: new Histogram({
      name: 'clinicacrm_webhook_seconds',
      help: 'Time that an attempt to deliver took',
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
  }
}

/** A fault says the same thing a thousand times a second: once in five is enough, with how often it was left unsaid. */
function sparingly(say: (sentence: string, error: Error, unsaid: number) => void) {
  const last = new Map<string, { at: number; unsaid: number }>()
  return (sentence: string, error: Error) => {
    const said = last.get(sentence) ?? { at: -Infinity, unsaid: 0 }
    if (performance.now() - said.at < 5_000) return void said.unsaid++
    last.set(sentence, { at: performance.now(), unsaid: 0 })
    say(sentence, error, said.unsaid)
  }
}

/** PostgreSQL puts values into `detail` and Drizzle puts parameters into messages: health data, which logs must not hold. */
function withoutValues(error: Error) {
  const { type, stack } = stdSerializers.err(error)
  const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line))
  const code = 'code' in error ? error.code : undefined
  const cause =
    error.cause instanceof Error
      ? { type: error.cause.name, code: 'code' in error.cause ? error.cause.code : undefined }
      : undefined
  return { type, code, cause, stack: frames?.slice(0, 8).join('\n') }
}
