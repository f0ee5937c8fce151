import { ROLES } from '#lib/authz/permissions.ts';

export type Role = keyof typeof ROLES;
export const ROLE_OPTIONS = (Object.keys(ROLES) as Role[]).map((value) => ({
  value,
  label: ROLES[value].title,
}));
export const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text);
