import classes from './logo.module.css'

/** The organisation's own picture, or ours in its colour. Decoration: the name stands beside it. */
export function Logo({ organisation, size = 32 }: { organisation: { logo: string | null } | null; size?: number }) {
  if (organisation?.logo) return <img src={organisation.logo} alt="" height={size} className={classes.own} />
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} className={classes.mark} aria-hidden>
      <rect width="32" height="32" rx="8" className={classes.ground} />
      <g fill="none" className={classes.lines}>
        <path d="M13 11v12M7 17h12" strokeWidth="4" />
        <path d="M19 6.5a8.5 8.5 0 0 1 7 7" strokeWidth="2.5" />
      </g>
    </svg>
  )
}
