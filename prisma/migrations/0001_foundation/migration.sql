-- CreateEnum
CREATE TYPE "role_name" AS ENUM ('administrator', 'security', 'owner', 'auditor');

-- CreateEnum
CREATE TYPE "run_state" AS ENUM ('queued', 'reading', 'checking', 'needs_confirmation', 'committing', 'done', 'unchanged', 'refused', 'cancelled', 'undone');

-- CreateEnum
CREATE TYPE "node_kind" AS ENUM ('person', 'team', 'service', 'agent', 'pipeline', 'integration', 'service_account', 'role', 'group', 'credential', 'policy', 'resource');

-- CreateEnum
CREATE TYPE "edge_kind" AS ENUM ('holds', 'authenticates', 'runs_as', 'assumes', 'member_of', 'attached', 'grants', 'contains', 'exposes', 'hosts', 'escalates', 'calls', 'delegates', 'owns');

-- CreateEnum
CREATE TYPE "access_level" AS ENUM ('read', 'use', 'write', 'admin');

-- CreateEnum
CREATE TYPE "sensitivity" AS ENUM ('public', 'internal', 'confidential', 'restricted', 'crown_jewel');

-- CreateEnum
CREATE TYPE "standing" AS ENUM ('reference', 'log', 'inventory');

-- CreateEnum
CREATE TYPE "outcome" AS ENUM ('allowed', 'denied', 'failed');

-- CreateEnum
CREATE TYPE "claim_state" AS ENUM ('suggested', 'accepted', 'rejected', 'disputed', 'ended');

-- CreateEnum
CREATE TYPE "campaign_state" AS ENUM ('draft', 'active', 'closed', 'cancelled');

-- CreateEnum
CREATE TYPE "review_state" AS ENUM ('open', 'attested', 'revocation_requested', 'not_mine', 'unsure', 'no_answer', 'no_reviewer', 'withdrawn');

-- CreateEnum
CREATE TYPE "revocation_state" AS ENUM ('planned', 'rehearsed', 'approved', 'executed', 'silent', 'proven', 'failed', 'rolled_back', 'reopened', 'rejected', 'cancelled');

-- CreateEnum
CREATE TYPE "revocation_method" AS ENUM ('webhook', 'manual');

-- CreateEnum
CREATE TYPE "finding_state" AS ENUM ('open', 'accepted', 'fixed', 'gone');

-- CreateTable
CREATE TABLE "app_user" (
    "id" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role_name" NOT NULL,
    "password_hash" TEXT,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "disabled_at" TIMESTAMPTZ(6),
    "failed_sign_ins" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "session_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "authenticated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "address" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "node_key" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_member" (
    "team_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "lead" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "team_member_pkey" PRIMARY KEY ("team_id","user_id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "source_ids" TEXT[],
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "last_used_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "source" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "format" TEXT,
    "ownership_authoritative" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source_scope" (
    "id" SERIAL NOT NULL,
    "source_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "last_complete_run_id" INTEGER,
    "last_complete_at" TIMESTAMPTZ(6),

    CONSTRAINT "source_scope_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" SERIAL NOT NULL,
    "public_id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "state" "run_state" NOT NULL,
    "dry_run" BOOLEAN NOT NULL DEFAULT false,
    "as_of" TIMESTAMPTZ(6) NOT NULL,
    "started_by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(6),
    "bytes_total" BIGINT NOT NULL DEFAULT 0,
    "bytes_read" BIGINT NOT NULL DEFAULT 0,
    "records" BIGINT NOT NULL DEFAULT 0,
    "accepted" BIGINT NOT NULL DEFAULT 0,
    "duplicate" BIGINT NOT NULL DEFAULT 0,
    "rejected" BIGINT NOT NULL DEFAULT 0,
    "summary" JSONB NOT NULL DEFAULT '{}',
    "message" TEXT,
    "options" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_file" (
    "id" BIGSERIAL NOT NULL,
    "run_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "format" TEXT,
    "sha256" BYTEA,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "records" BIGINT NOT NULL DEFAULT 0,
    "accepted" BIGINT NOT NULL DEFAULT 0,
    "duplicate" BIGINT NOT NULL DEFAULT 0,
    "rejected" BIGINT NOT NULL DEFAULT 0,
    "problem" TEXT,

    CONSTRAINT "run_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rejection" (
    "id" BIGSERIAL NOT NULL,
    "run_id" INTEGER NOT NULL,
    "file" TEXT NOT NULL,
    "number" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "excerpt" TEXT NOT NULL,
    "replayed" TIMESTAMPTZ(6),

    CONSTRAINT "rejection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "node" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "kind" "node_kind" NOT NULL,
    "standing" "standing" NOT NULL,
    "name" TEXT NOT NULL,
    "provider" TEXT,
    "tenant" TEXT,
    "environment" TEXT,
    "zone" TEXT,
    "type" TEXT,
    "sensitivity" "sensitivity",
    "purpose" TEXT,
    "managed" BOOLEAN NOT NULL DEFAULT false,
    "bound_to" TEXT,
    "runtime_authorised" BOOLEAN,
    "created_at" TIMESTAMPTZ(6),
    "rotated_at" TIMESTAMPTZ(6),
    "expires_at" TIMESTAMPTZ(6),
    "last_used_at" TIMESTAMPTZ(6),
    "last_seen_in_logs" TIMESTAMPTZ(6),
    "labels" JSONB,
    "props" JSONB,
    "valid_from" TIMESTAMPTZ(6) NOT NULL,
    "valid_to" TIMESTAMPTZ(6),
    "owner_id" INTEGER,
    "owner_person_id" INTEGER,
    "owner_backup_id" INTEGER,
    "attested_until" TIMESTAMPTZ(6),

    CONSTRAINT "node_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "node_fact" (
    "id" BIGSERIAL NOT NULL,
    "node_id" INTEGER NOT NULL,
    "source_id" TEXT NOT NULL,
    "scope_id" INTEGER,
    "run_from" INTEGER NOT NULL,
    "run_to" INTEGER,
    "valid_from" TIMESTAMPTZ(6) NOT NULL,
    "valid_to" TIMESTAMPTZ(6),
    "kind" "node_kind" NOT NULL,
    "standing" "standing" NOT NULL,
    "digest" BIGINT NOT NULL,
    "fact" JSONB NOT NULL,

    CONSTRAINT "node_fact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "edge" (
    "id" SERIAL NOT NULL,
    "from_id" INTEGER NOT NULL,
    "to_id" INTEGER NOT NULL,
    "kind" "edge_kind" NOT NULL,
    "qualifier" TEXT NOT NULL DEFAULT '',
    "level" "access_level",
    "conditional" BOOLEAN NOT NULL DEFAULT false,
    "limited" BOOLEAN NOT NULL DEFAULT false,
    "source_id" TEXT NOT NULL,
    "scope_id" INTEGER,
    "run_from" INTEGER NOT NULL,
    "run_to" INTEGER,
    "valid_from" TIMESTAMPTZ(6) NOT NULL,
    "valid_to" TIMESTAMPTZ(6),
    "digest" BIGINT NOT NULL,
    "props" JSONB,
    "pattern_tenant" TEXT,
    "pattern_glob" TEXT,
    "derived_from" INTEGER,
    "first_exercised" TIMESTAMPTZ(6),
    "last_exercised" TIMESTAMPTZ(6),
    "exercised_count" BIGINT NOT NULL DEFAULT 0,
    "attested_until" TIMESTAMPTZ(6),

    CONSTRAINT "edge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "node_alias" (
    "alias" TEXT NOT NULL,
    "node_id" INTEGER NOT NULL,
    "source_id" TEXT NOT NULL,
    "run_id" INTEGER NOT NULL,

    CONSTRAINT "node_alias_pkey" PRIMARY KEY ("alias")
);

-- CreateTable
CREATE TABLE "event" (
    "time" TIMESTAMPTZ(6) NOT NULL,
    "event_key" BYTEA NOT NULL,
    "digest" BIGINT NOT NULL,
    "event_id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "run_id" INTEGER NOT NULL,
    "actor_id" INTEGER NOT NULL,
    "credential_id" INTEGER,
    "target_id" INTEGER,
    "on_behalf_of_id" INTEGER,
    "action" TEXT NOT NULL,
    "outcome" "outcome" NOT NULL,
    "level" "access_level",
    "session" TEXT,
    "issued" TEXT,
    "address" TEXT,
    "user_agent" TEXT,
    "trace" TEXT,
    "purpose" TEXT,
    "chain" TEXT[],

    CONSTRAINT "event_pkey" PRIMARY KEY ("time","event_key")
)
PARTITION BY RANGE ("time");

-- CreateTable
CREATE TABLE "usage_day" (
    "day" DATE NOT NULL,
    "source_id" TEXT NOT NULL,
    "actor_id" INTEGER NOT NULL,
    "credential_id" INTEGER NOT NULL DEFAULT 0,
    "target_id" INTEGER NOT NULL DEFAULT 0,
    "action_group" TEXT NOT NULL,
    "allowed" INTEGER NOT NULL DEFAULT 0,
    "denied" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "usage_day_pkey" PRIMARY KEY ("actor_id","day","target_id","credential_id","action_group","source_id")
);

-- CreateTable
CREATE TABLE "observation_window" (
    "id" BIGSERIAL NOT NULL,
    "source_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "run_id" INTEGER NOT NULL,
    "from_time" TIMESTAMPTZ(6) NOT NULL,
    "to_time" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "observation_window_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ownership_claim" (
    "id" TEXT NOT NULL,
    "node_id" INTEGER NOT NULL,
    "owner_id" INTEGER NOT NULL,
    "basis" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "state" "claim_state" NOT NULL,
    "source_id" TEXT,
    "run_id" INTEGER,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(6),
    "reason" TEXT,
    "expires_at" TIMESTAMPTZ(6),

    CONSTRAINT "ownership_claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "instructions" TEXT NOT NULL DEFAULT '',
    "filter" JSONB NOT NULL,
    "state" "campaign_state" NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "launched_at" TIMESTAMPTZ(6),
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "closed_at" TIMESTAMPTZ(6),
    "graph_version" INTEGER,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review_item" (
    "id" TEXT NOT NULL,
    "campaign_id" TEXT NOT NULL,
    "node_id" INTEGER NOT NULL,
    "edge_id" INTEGER,
    "reviewer_id" INTEGER,
    "state" "review_state" NOT NULL,
    "evidence" JSONB NOT NULL,
    "evidence_hash" TEXT NOT NULL,
    "reason" TEXT,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(6),
    "expires_at" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "review_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revocation" (
    "id" TEXT NOT NULL,
    "node_id" INTEGER NOT NULL,
    "edge_id" INTEGER,
    "review_item_id" TEXT,
    "state" "revocation_state" NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "rehearsal" JSONB,
    "rehearsed_at" TIMESTAMPTZ(6),
    "plan_hash" TEXT,
    "approved_by" TEXT,
    "approved_at" TIMESTAMPTZ(6),
    "method" "revocation_method",
    "webhook_id" TEXT,
    "executed_by" TEXT,
    "executed_at" TIMESTAMPTZ(6),
    "proof" TEXT,
    "proven_run_id" INTEGER,
    "proven_at" TIMESTAMPTZ(6),
    "reopened_by" JSONB,
    "message" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "revocation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revocation_step" (
    "id" BIGSERIAL NOT NULL,
    "revocation_id" TEXT NOT NULL,
    "state" "revocation_state" NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "by" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "revocation_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding" (
    "id" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "node_id" INTEGER NOT NULL,
    "edge_id" INTEGER,
    "evidence" JSONB NOT NULL,
    "state" "finding_state" NOT NULL,
    "first_seen" TIMESTAMPTZ(6) NOT NULL,
    "last_seen" TIMESTAMPTZ(6) NOT NULL,
    "accepted_until" TIMESTAMPTZ(6),
    "accepted_by" TEXT,
    "reason" TEXT,
    "assignee" TEXT,

    CONSTRAINT "finding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "actor" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "on_behalf_of" TEXT,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "reason" TEXT,
    "address" TEXT,
    "request_id" TEXT,
    "previous" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "principal" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "status" INTEGER,
    "body" JSONB,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("principal","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_issuer_subject_key" ON "app_user"("issuer", "subject");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "team_name_key" ON "team"("name");

-- CreateIndex
CREATE UNIQUE INDEX "team_node_key_key" ON "team"("node_key");

-- CreateIndex
CREATE INDEX "team_member_user_id_idx" ON "team_member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "source_name_key" ON "source"("name");

-- CreateIndex
CREATE UNIQUE INDEX "source_scope_source_id_scope_key" ON "source_scope"("source_id", "scope");

-- CreateIndex
CREATE UNIQUE INDEX "run_public_id_key" ON "run"("public_id");

-- CreateIndex
CREATE INDEX "run_source_id_started_at_idx" ON "run"("source_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "run_file_run_id_idx" ON "run_file"("run_id");

-- CreateIndex
CREATE INDEX "run_file_sha256_idx" ON "run_file"("sha256");

-- CreateIndex
CREATE INDEX "rejection_run_id_idx" ON "rejection"("run_id");

-- CreateIndex
CREATE UNIQUE INDEX "node_key_key" ON "node"("key");

-- CreateIndex
CREATE INDEX "node_kind_idx" ON "node"("kind");

-- CreateIndex
CREATE INDEX "node_owner_id_idx" ON "node"("owner_id");

-- CreateIndex
CREATE INDEX "node_fact_node_id_idx" ON "node_fact"("node_id");

-- CreateIndex
CREATE INDEX "node_fact_run_from_idx" ON "node_fact"("run_from");

-- CreateIndex
CREATE INDEX "node_fact_run_to_idx" ON "node_fact"("run_to");

-- CreateIndex
CREATE INDEX "edge_to_id_idx" ON "edge"("to_id");

-- CreateIndex
CREATE INDEX "edge_run_from_idx" ON "edge"("run_from");

-- CreateIndex
CREATE INDEX "edge_run_to_idx" ON "edge"("run_to");

-- CreateIndex
CREATE INDEX "node_alias_node_id_idx" ON "node_alias"("node_id");

-- CreateIndex
CREATE INDEX "usage_day_target_id_idx" ON "usage_day"("target_id");

-- CreateIndex
CREATE INDEX "usage_day_credential_id_idx" ON "usage_day"("credential_id");

-- CreateIndex
CREATE INDEX "observation_window_source_id_scope_idx" ON "observation_window"("source_id", "scope");

-- CreateIndex
CREATE INDEX "ownership_claim_state_idx" ON "ownership_claim"("state");

-- CreateIndex
CREATE UNIQUE INDEX "ownership_claim_node_id_owner_id_basis_key" ON "ownership_claim"("node_id", "owner_id", "basis");

-- CreateIndex
CREATE INDEX "review_item_reviewer_id_state_idx" ON "review_item"("reviewer_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "review_item_campaign_id_node_id_edge_id_key" ON "review_item"("campaign_id", "node_id", "edge_id");

-- CreateIndex
CREATE INDEX "revocation_state_idx" ON "revocation"("state");

-- CreateIndex
CREATE INDEX "revocation_node_id_idx" ON "revocation"("node_id");

-- CreateIndex
CREATE INDEX "revocation_step_revocation_id_idx" ON "revocation_step"("revocation_id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_name_key" ON "webhook"("name");

-- CreateIndex
CREATE INDEX "finding_state_severity_idx" ON "finding"("state", "severity");

-- CreateIndex
CREATE UNIQUE INDEX "finding_rule_node_id_edge_id_key" ON "finding"("rule", "node_id", "edge_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_hash_key" ON "audit_event"("hash");

-- CreateIndex
CREATE INDEX "audit_event_subject_idx" ON "audit_event"("subject");

-- CreateIndex
CREATE INDEX "audit_event_actor_idx" ON "audit_event"("actor");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source_scope" ADD CONSTRAINT "source_scope_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_file" ADD CONSTRAINT "run_file_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rejection" ADD CONSTRAINT "rejection_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_item" ADD CONSTRAINT "review_item_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revocation_step" ADD CONSTRAINT "revocation_step_revocation_id_fkey" FOREIGN KEY ("revocation_id") REFERENCES "revocation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's language cannot say.

-- Keys are compared byte by byte, so that a prefix search uses the index whatever the database's locale is.
ALTER TABLE "node" ALTER COLUMN "key" TYPE text COLLATE "C";
ALTER TABLE "node_alias" ALTER COLUMN "alias" TYPE text COLLATE "C";

-- One live word per source, scope and thing. A row that ends leaves the index, so that the thing may come back later.
CREATE UNIQUE INDEX "node_fact_live" ON "node_fact" ("node_id", "source_id", "scope_id") NULLS NOT DISTINCT WHERE "valid_to" IS NULL;
CREATE INDEX "node_fact_live_scope" ON "node_fact" ("source_id", "scope_id") WHERE "valid_to" IS NULL;
CREATE UNIQUE INDEX "edge_live" ON "edge" ("from_id", "to_id", "kind", "qualifier", "source_id", "scope_id") NULLS NOT DISTINCT
  WHERE "valid_to" IS NULL AND "derived_from" IS NULL;
CREATE UNIQUE INDEX "edge_derived_live" ON "edge" ("derived_from", "to_id") WHERE "valid_to" IS NULL AND "derived_from" IS NOT NULL;
CREATE INDEX "edge_live_scope" ON "edge" ("source_id", "scope_id") WHERE "valid_to" IS NULL;
CREATE INDEX "edge_from" ON "edge" ("from_id");
CREATE INDEX "edge_pattern" ON "edge" ("pattern_tenant") WHERE "pattern_glob" IS NOT NULL AND "valid_to" IS NULL;
CREATE INDEX "node_live_resource" ON "node" ("tenant") WHERE "kind" = 'resource' AND "valid_to" IS NULL;
CREATE INDEX "node_name" ON "node" (lower("name") text_pattern_ops);

-- The same question is asked once per campaign and once per rule, also where it is about a node and not an edge.
DROP INDEX "review_item_campaign_id_node_id_edge_id_key";
CREATE UNIQUE INDEX "review_item_once" ON "review_item" ("campaign_id", "node_id", "edge_id") NULLS NOT DISTINCT;
DROP INDEX "finding_rule_node_id_edge_id_key";
CREATE UNIQUE INDEX "finding_once" ON "finding" ("rule", "node_id", "edge_id") NULLS NOT DISTINCT;
-- One accepted owner per node.
CREATE UNIQUE INDEX "ownership_claim_accepted" ON "ownership_claim" ("node_id") WHERE "state" = 'accepted';
-- One revocation under way per thing.
CREATE UNIQUE INDEX "revocation_under_way" ON "revocation" ("node_id", "edge_id") NULLS NOT DISTINCT
  WHERE "state" NOT IN ('proven', 'rolled_back', 'rejected', 'cancelled');

-- A glob of the fact contract (`*` any run of characters, `?` one) as a LIKE pattern.
CREATE FUNCTION "glob_to_like"("glob" text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT translate(replace(replace(replace(glob, '\', '\\'), '%', '\%'), '_', '\_'), '*?', '%_')
$$;

-- The audit log only grows. The trigger stops whoever is not a superuser of the database by another road; the hash chain shows the rest.
CREATE FUNCTION "audit_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log only grows: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "audit_event_append_only" BEFORE UPDATE OR DELETE ON "audit_event" FOR EACH ROW EXECUTE FUNCTION "audit_is_append_only"();
CREATE TRIGGER "audit_event_no_truncate" BEFORE TRUNCATE ON "audit_event" FOR EACH STATEMENT EXECUTE FUNCTION "audit_is_append_only"();

-- The graph version: raised by every committed run, named by every answer of the graph engine.
INSERT INTO "setting" ("name", "value", "updated_at") VALUES ('graph', '{"version": 1}', now());
