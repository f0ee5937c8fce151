import type { Metadata } from 'next';
import { FindingTable } from '#components/findings/finding-table.tsx';
import { RuleRuns } from '#components/findings/rule-runs.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Findings' };

export default page({ permission: 'finding.read' }, ({ actor }) => {
  const mayDecide = actor.permissions.has('finding.decide');
  return (
    <PageBody>
      <PageHeader
        title="Findings"
        description="What the rules say of the graph and its use, each with the evidence to check it and what to do. What no longer holds is under State."
        actions={<RuleRuns mayRun={mayDecide} />}
      />
      <FindingTable mayDecide={mayDecide} />
    </PageBody>
  );
});
