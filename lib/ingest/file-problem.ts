/** A file that cannot be read as a whole: cut off, no known format, beyond a limit. The message is for the person. */
export class FileProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FileProblem';
  }
}
