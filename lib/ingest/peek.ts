/** The first bytes of a stream, and the whole stream again. Fewer than `count` bytes means that the stream ended. */
export async function peek(
  bytes: AsyncIterable<Buffer>,
  count: number,
): Promise<{ head: Buffer; rest: AsyncIterable<Buffer> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const taken: Buffer[] = [];
  let size = 0;
  let ended = false;
  while (size < count && !ended) {
    const next = await iterator.next();
    if (next.done === true) ended = true;
    else {
      taken.push(next.value);
      size += next.value.length;
    }
  }
  async function* rest(): AsyncGenerator<Buffer> {
    try {
      yield* taken.splice(0);
      while (!ended) {
        const next = await iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  const first = taken.length === 1 ? taken[0] : Buffer.concat(taken);
  return { head: (first ?? Buffer.alloc(0)).subarray(0, count), rest: rest() };
}
