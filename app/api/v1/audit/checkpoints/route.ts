import { signedNote } from '#lib/audit/schema.ts';
import { signCheckpointNow } from '#lib/audit/sign-checkpoint-now.ts';
import { route } from '#lib/http/route.ts';

/** Signs the present state of the log; null: it has not grown since the last time, or it is broken. */
export const POST = route({
  permission: 'settings.manage',
  output: signedNote,
  handle: ({ actor }) => signCheckpointNow(actor),
});
