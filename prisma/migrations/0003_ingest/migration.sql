-- Staging of import runs: unlogged tables, one set per run, which only lib/ingest knows. They vanish with their run; a
-- database that crashed empties them, and the run is then refused.
CREATE SCHEMA "ingest_stage";

-- Later objects win member by member: what several statements say of one thing, put together in the order given.
CREATE AGGREGATE "jsonb_merge"(jsonb) (SFUNC = jsonb_concat, STYPE = jsonb, INITCOND = '{}');

-- Digest of a fact. md5 tells contents apart and is the same on every version of PostgreSQL; nothing secret rests on it.
CREATE FUNCTION "fact_digest"("fact" text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ('x' || left(md5(fact), 16))::bit(64)::bigint
$$;

-- The next run of a live row that ends at its start, and what usage says of an actor, are asked by these.
CREATE INDEX "usage_day_source" ON "usage_day" ("source_id", "day");
CREATE INDEX "run_unfinished" ON "run" ("state") WHERE "state" IN ('queued', 'reading', 'checking', 'committing');
