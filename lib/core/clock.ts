/** The one source of the current time outside the database, so that a test can hold it still. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
