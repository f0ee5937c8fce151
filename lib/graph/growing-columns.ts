/** Typed arrays that double when they are full, so that millions of facts are gathered without an object for each. */
export class GrowingInts {
  #values = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  /** The values gathered so far; valid until the next push. */
  view(): Int32Array {
    return this.#values.subarray(0, this.length);
  }
}

/** Like GrowingInts for bytes. */
export class GrowingBytes {
  #values = new Uint8Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint8Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  view(): Uint8Array {
    return this.#values.subarray(0, this.length);
  }
}
