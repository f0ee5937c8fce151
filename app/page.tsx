import { redirect } from 'next/navigation';
import { page } from '#lib/http/page.ts';

const HOMES = new Map<string, string>([
  ['owner', '/reviews'],
  ['auditor', '/evidence'],
]);

/** Leads each role to where its work begins. */
export default page({ permission: 'account.own' }, ({ actor }) =>
  redirect(HOMES.get(actor.role) ?? '/overview'),
);
