import { readSettings } from '#lib/auth/read-settings.ts';
import { settingsView } from '#lib/auth/settings-schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({ permission: 'settings.read', output: settingsView, handle: () => readSettings() });
