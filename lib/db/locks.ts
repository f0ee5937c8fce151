/** Advisory locks of the database, all in one place so that no two uses share a number. */
export const LOCKS = {
  /** One process migrates while replicas that start beside it wait. */
  migration: 4_209_001,
  /** All writers of the audit chain are in one order until their commit. */
  auditChain: 4_209_002,
  /** The first administrator is made once. */
  setup: 4_209_003,
  /** The last administrator cannot be lost to two changes at once. */
  administrators: 4_209_004,
  /** Runs commit one after the other. */
  ingestCommit: 4_209_005,
  /** A missing month of the event table is made once. */
  eventPartitions: 4_209_006,
  /** One worker evaluates the findings. */
  findings: 4_209_007,
  /** One worker reads the watched folder. */
  watchedFolder: 4_209_008,
  /** First half of a two-part lock whose second half is the run: who holds it works on that run. */
  runLease: 4_209_009,
} as const;
