import { checkProvider } from '#lib/auth/check-provider.ts';
import { providerCheck } from '#lib/auth/settings-schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'settings.manage',
  output: providerCheck,
  handle: () => checkProvider(),
});
