import type { Arn } from '../aws/arn.ts';
import { field } from '../read-value.ts';
import type { FactSink } from '../connector.ts';

/** Lists of one service are taken per account and region; one page of several does not speak for the whole. */
export class RegionalScopes {
  readonly #service: string;
  readonly #nextPage: string;
  readonly #stated: boolean;
  readonly #scopes = new Set<string>();
  #hasMore = false;

  /** `nextPage` is the member that a page has when another follows it. */
  constructor(service: string, nextPage: string, stated: boolean) {
    this.#service = service;
    this.#nextPage = nextPage;
    this.#stated = stated;
  }

  of(arn: Arn): string {
    return `aws:${arn.account}:${this.#service}:${arn.region}`;
  }

  note(arn: Arn): void {
    this.#scopes.add(this.of(arn));
  }

  envelope(members: Record<string, unknown>): void {
    const next = field(members, this.#nextPage);
    if (next !== undefined && next !== null && next !== '') this.#hasMore = true;
  }

  emit(sink: FactSink): void {
    for (const scope of this.#scopes) sink.scope({ scope, complete: this.#stated || !this.#hasMore });
  }
}
