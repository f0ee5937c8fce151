'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { FormProblem } from '#components/account/form-problem.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { DescriptionList } from '#components/ui/description-list.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { Section } from '#components/ui/section.tsx';
import type { SettingsView } from '#lib/auth/settings-schema.ts';
import { ROLES } from '#lib/authz/permissions.ts';
import { checkProvider, settingsQuery } from '#lib/query/settings.ts';
import { Loaded } from '#components/loaded.tsx';

/** How this installation runs and how people sign in. Set by the environment, so that no session can change it. */
export function Installation({ mayManage }: { mayManage: boolean }) {
  const query = useQuery(settingsQuery);
  return (
    <Loaded query={query}>
      {(settings) => (
        <div className="grid gap-8 lg:grid-cols-2">
          <Section title="Single sign-on" description="OpenID Connect, set by the OIDC_… variables.">
            <SingleSignOn settings={settings.singleSignOn} mayManage={mayManage} />
          </Section>
          <Section title="Installation" description="Set by the environment; .env.example explains each.">
            <InstallationFacts settings={settings} />
          </Section>
        </div>
      )}
    </Loaded>
  );
}

function SingleSignOn({
  settings,
  mayManage,
}: {
  settings: SettingsView['singleSignOn'];
  mayManage: boolean;
}) {
  if (settings === null)
    return (
      <Card>
        <p className="text-ink-muted">
          Not configured: people sign in with local accounts. Set OIDC_ISSUER, OIDC_CLIENT_ID,
          OIDC_CLIENT_SECRET and OIDC_ROLE_MAP and restart.
        </p>
      </Card>
    );
  return (
    <Card>
      <DescriptionList>
        <KeyValue term="Issuer">{settings.issuer}</KeyValue>
        <KeyValue term="Client">{settings.clientId}</KeyValue>
        <KeyValue term="Client secret">{settings.hasClientSecret ? 'set' : 'none (public client)'}</KeyValue>
        <KeyValue term="Redirect address">{settings.redirectUri}</KeyValue>
        <KeyValue term="Scopes">{settings.scopes}</KeyValue>
        <KeyValue term="Signed with">{settings.signingAlgorithm}</KeyValue>
        <KeyValue term="Roles">
          {settings.roles.length === 0 ? (
            <Badge tone="warn">OIDC_ROLE_MAP is empty: nobody gets in</Badge>
          ) : (
            <ul>
              {settings.roles.map(({ role, value }) => (
                <li key={`${role} ${value}`}>
                  <code className="font-mono text-xs">{value}</code> in {settings.roleClaim} →{' '}
                  {ROLES[role].title}
                </li>
              ))}
            </ul>
          )}
        </KeyValue>
        <KeyValue term="Teams">
          {settings.teamClaim === '' ? 'kept by hand' : `from ${settings.teamClaim}`}
        </KeyValue>
      </DescriptionList>
      {mayManage && <ProviderCheck />}
    </Card>
  );
}

function ProviderCheck() {
  const check = useMutation({ mutationFn: checkProvider });
  return (
    <div className="mt-3 grid gap-3 border-t border-line pt-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button isBusy={check.isPending} onClick={() => check.mutate()}>
          Ask the provider now
        </Button>
        {check.data?.ok === true && <p className="text-success-ink">{check.data.detail}</p>}
      </div>
      <FormProblem text={check.data?.ok === false ? check.data.detail : check.error?.message} />
    </div>
  );
}

function InstallationFacts({ settings }: { settings: SettingsView }) {
  return (
    <Card>
      <DescriptionList>
        <KeyValue term="Address">
          {settings.publicUrl}{' '}
          {!settings.isPublicUrlGiven && <Badge tone="info">BAILIWICK_URL not set</Badge>}
        </KeyValue>
        <KeyValue term="Connection">
          {settings.isHttps ? 'https, cookies bound to this host' : <Badge tone="warn">plain http</Badge>}
        </KeyValue>
        <KeyValue term="Database">
          {settings.isEmbeddedDatabase ? 'embedded PostgreSQL' : 'DATABASE_URL'}
        </KeyValue>
        <KeyValue term="Proxies in front">{settings.trustedProxies}</KeyValue>
        <KeyValue term="Requests">{`${settings.requestsPerMinute.toLocaleString('en')} a minute for each person and token`}</KeyValue>
        <KeyValue term="Usage events">{`kept ${settings.eventRetentionDays} days; sums for good`}</KeyValue>
        <KeyValue term="Private hosts">
          {settings.egressAllow.length === 0 ? 'none may be asked' : settings.egressAllow.join(', ')}
        </KeyValue>
        <KeyValue term="Demo">
          {settings.isDemo ? <Badge tone="warn">holds the sample’s people</Badge> : 'no'}
        </KeyValue>
      </DescriptionList>
    </Card>
  );
}
