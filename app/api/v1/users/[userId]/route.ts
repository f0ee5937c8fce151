import { z } from 'zod';
import { changeUser } from '#lib/auth/users/change-user.ts';
import { changeUserInput, userParams } from '#lib/auth/users/schema.ts';
import { route } from '#lib/http/route.ts';

export const PATCH = route({
  permission: 'user.manage',
  params: userParams,
  body: changeUserInput,
  output: z.object({ id: z.string() }),
  handle: ({ actor, params, body }) => changeUser(actor, params.userId, body),
});
