/** Stands where a secret would in the fixtures, in the form of one; no fact, reason or unknown may ever hold it. */
export const CANARY = 'ghp_canary7f3b1d9e5a2c4806neverStored';
