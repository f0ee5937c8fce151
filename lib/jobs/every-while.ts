/**
 * Does `work` again and again with a pause in between, never twice at once; what it throws is reported and tried again at
 * the next turn. `stop` waits for the turn that is under way.
 */
export function everyWhile(
  pauseMs: number,
  name: string,
  work: () => Promise<void>,
): { stop: () => Promise<void> } {
  const stopped = Promise.withResolvers<undefined>();
  const ending = new AbortController();
  const turns = (async () => {
    while (!ending.signal.aborted) {
      await work().catch((error: unknown) => {
        console.error(`${name} failed:`, error);
      });
      await pause(pauseMs, stopped.promise);
    }
  })();
  return {
    stop: async () => {
      ending.abort();
      stopped.resolve(undefined);
      await turns;
    },
  };
}

async function pause(ms: number, unless: Promise<undefined>): Promise<void> {
  const over = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => over.resolve(undefined), ms);
  await Promise.race([over.promise, unless]);
  clearTimeout(timer);
}
