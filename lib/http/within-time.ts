import { AppError } from '#lib/core/errors.ts';

const ANSWER_MS_MAX = 60_000;

/** Gives the answer, or throws `unavailable` when it takes longer than a person or a proxy would wait. */
export async function withinTime<T>(work: Promise<T>, ms = ANSWER_MS_MAX): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const seconds = Math.round(ms / 1000);
    reject(
      new AppError(
        'unavailable',
        `This took longer than ${seconds} seconds. It may still finish: look before you try again.`,
      ),
    );
  }, ms);
  return Promise.race([work, promise]).finally(() => {
    clearTimeout(timer);
  });
}
