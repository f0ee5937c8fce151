import { AppError } from '#lib/core/errors.ts';
import { homePath } from '#lib/env.ts';

/** Folder of one upload under BAILIWICK_HOME; the id is one of our own and checked, as it becomes part of a path. */
export function uploadFolder(upload: string): string {
  if (!/^upl_[0-9a-z]+$/.test(upload))
    throw new AppError('invalid_input', 'This is not the id of an upload.');
  return homePath('uploads', upload);
}
