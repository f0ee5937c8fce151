import type { Permission } from '#lib/authz/permissions.ts';

/** Who looks at the page, as far as the frame around it needs to know. */
export type Viewer = {
  user: { name: string; role: string };
  permissions: readonly Permission[];
};
