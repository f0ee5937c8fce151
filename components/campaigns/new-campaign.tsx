'use client';

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { useSettled } from '#components/shell/use-settled.ts';
import type { CampaignFilter } from '#lib/campaigns/schema.ts';
import { campaignPreview, CAMPAIGNS_KEY, createCampaign, launchCampaign } from '#lib/query/campaigns.ts';
import { CampaignPreviewCard } from './campaign-preview.tsx';
import { FilterFields } from './filter-fields.tsx';

const AT_FIRST: CampaignFilter = {
  subjects: ['identity', 'credential'],
  kinds: [],
  environments: [],
  providers: [],
  sensitivities: [],
  owners: [],
  unownedOnly: false,
  standingOnly: false,
  unusedForDays: null,
  text: '',
};
const SETTLE_MS = 300;
const NAME_MIN = 3;

/** Chooses what is asked, shows how much that is, and launches it or keeps it as a draft. */
export function NewCampaign({ firstDue }: { firstDue: string }) {
  const [name, setName] = useState('');
  const [instructions, setInstructions] = useState('');
  const [due, setDue] = useState(firstDue);
  const [filter, setFilter] = useState(AT_FIRST);
  const settled = useSettled(filter, SETTLE_MS);
  const preview = useQuery({
    ...campaignPreview(settled),
    placeholderData: keepPreviousData,
    enabled: settled.subjects.length > 0,
  });
  const router = useRouter();
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: async (launch: boolean) => {
      const { id } = await createCampaign({ name, instructions, filter, dueAt: `${due}T21:59:59Z` });
      if (launch) await launchCampaign(id);
      return id;
    },
    onSuccess: async (id) => {
      await client.invalidateQueries({ queryKey: CAMPAIGNS_KEY });
      router.push(`/campaigns/${id}`);
    },
  });
  const count = preview.data?.count ?? 0;
  const isReady = name.trim().length >= NAME_MIN && due !== '' && filter.subjects.length > 0;
  const mayLaunch = isReady && count > 0 && preview.data?.tooMany === false;
  return (
    <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (mayLaunch) create.mutate(true);
        }}
      >
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
          <Field label="Name" isRequired>
            {(control) => (
              <Input
                {...control}
                value={name}
                maxLength={200}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label="Due" isRequired>
            {(control) => (
              <Input {...control} type="date" value={due} onChange={(event) => setDue(event.target.value)} />
            )}
          </Field>
        </div>
        <Field label="Instructions" hint="What the reviewers should look at; shown with each item.">
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              value={instructions}
              onChange={(event) => setInstructions(event.target.value)}
            />
          )}
        </Field>
        <FilterFields filter={filter} onChange={setFilter} />
        {create.error && (
          <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger-ink">
            {create.error.message}
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" tone="primary" isBusy={create.isPending} disabled={!mayLaunch}>
            Launch: ask about {count.toLocaleString('en')}
          </Button>
          <Button disabled={!isReady || create.isPending} onClick={() => create.mutate(false)}>
            Keep as draft
          </Button>
        </div>
      </form>
      <aside aria-label="Preview">
        {preview.error ? (
          <p role="alert" className="text-danger-ink">
            {preview.error.message}
          </p>
        ) : (
          <CampaignPreviewCard preview={preview.data} />
        )}
      </aside>
    </div>
  );
}
