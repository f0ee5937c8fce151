/** First key of the advisory lock that a process holds on each run it works on; the second is the run's number. */
export const RUN_LEASE = 4_209_005;
