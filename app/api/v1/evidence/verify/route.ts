import { verificationSchema } from '#lib/evidence/schema.ts';
import { verifyUpload } from '#lib/evidence/verify-upload.ts';
import { route } from '#lib/http/route.ts';

const BUNDLE_BYTES_MAX = 64 << 20;

export const POST = route({
  permission: 'evidence.read',
  bodyBytesMax: 'stream',
  output: verificationSchema,
  handle: ({ actor, request }) => verifyUpload(actor, request.body, BUNDLE_BYTES_MAX),
});
