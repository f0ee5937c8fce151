import { AppError } from '#lib/core/errors.ts';

/** Refuses text that no database column and no hash can hold: the NUL character and halves of surrogate pairs. Throws `invalid_input`. */
export function assertStorable(value: unknown): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed())
      throw new AppError(
        'invalid_input',
        'The request holds a character that cannot be stored (NUL or half a character).',
      );
  } else if (Array.isArray(value)) value.forEach(assertStorable);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      assertStorable(name);
      assertStorable(member);
    }
  }
}
