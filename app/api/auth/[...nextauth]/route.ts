import { z } from 'zod';
import { answerNextAuth } from '#lib/auth/next-auth-bridge.ts';
import { route } from '#lib/http/route.ts';

const params = z.object({ nextauth: z.array(z.string().max(64)).max(3) });

export const GET = route({
  permission: 'public',
  params,
  output: 'response',
  handle: ({ request, params, requestId }) => answerNextAuth(request, params.nextauth, requestId),
});

export const POST = GET;
