-- Product search. Under row-level security LIKE and the trigram operators can't use an index, since they are not
-- leakproof. So what is searched lies in a schema of its own that no role may enter; the only ways in are the definer
-- functions below, each with the tenant of the caller's transaction inside.

CREATE SCHEMA rd_search;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA rd_search;
CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA rd_search;

CREATE TABLE rd_search.products (
  product_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  category_id uuid NOT NULL,
  pim_id text NOT NULL,
  pim_key text NOT NULL,
  designation_key text NOT NULL,
  search_text text NOT NULL
);
-- Which words are common differs a lot; the planner chooses between index and scan by these statistics.
ALTER TABLE rd_search.products ALTER COLUMN search_text SET STATISTICS 1000;
CREATE INDEX products_text_idx ON rd_search.products USING gin (tenant_id rd_search.uuid_ops, search_text rd_search.gin_trgm_ops);
CREATE INDEX products_order_idx ON rd_search.products (tenant_id, pim_id, product_id);
CREATE INDEX products_pim_key_idx ON rd_search.products (tenant_id, pim_key text_pattern_ops);
CREATE INDEX products_designation_key_idx ON rd_search.products (tenant_id, designation_key text_pattern_ops);

-- Every word of a tenant's products, to find the one that was meant by a misspelt one.
CREATE TABLE rd_search.words (tenant_id uuid NOT NULL, word text NOT NULL, PRIMARY KEY (tenant_id, word));
CREATE INDEX words_text_idx ON rd_search.words USING gin (tenant_id rd_search.uuid_ops, word rd_search.gin_trgm_ops);

CREATE FUNCTION rd_search.index_products() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') THEN
    DELETE FROM rd_search.products s USING gone WHERE s.product_id = gone.id;
  END IF;
  IF TG_OP IN ('UPDATE', 'INSERT') THEN
    INSERT INTO rd_search.products (product_id, tenant_id, category_id, pim_id, pim_key, designation_key, search_text)
      SELECT id, tenant_id, category_id, pim_id, pim_key, designation_key, search_text FROM made;
    -- Sorted, so that two imports at once take the same words in the same order.
    INSERT INTO rd_search.words (tenant_id, word)
      SELECT DISTINCT tenant_id, word FROM made, LATERAL string_to_table(search_text, ' ') AS word
      WHERE length(word) > 2 ORDER BY 1, 2
      ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER products_search_insert AFTER INSERT ON rd.products REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION rd_search.index_products();
CREATE TRIGGER products_search_update AFTER UPDATE ON rd.products REFERENCING OLD TABLE AS gone NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION rd_search.index_products();
CREATE TRIGGER products_search_delete AFTER DELETE ON rd.products REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION rd_search.index_products();

-- Products that were there before: the owner's own policies would hide them.
ALTER TABLE rd.products NO FORCE ROW LEVEL SECURITY;
INSERT INTO rd_search.products (product_id, tenant_id, category_id, pim_id, pim_key, designation_key, search_text)
  SELECT id, tenant_id, category_id, pim_id, pim_key, designation_key, search_text FROM rd.products;
INSERT INTO rd_search.words (tenant_id, word)
  SELECT DISTINCT tenant_id, word FROM rd.products, LATERAL string_to_table(search_text, ' ') AS word WHERE length(word) > 2;
ALTER TABLE rd.products FORCE ROW LEVEL SECURITY;

-- The condition of a search as SQL over `s`, made of parameter numbers only: every pattern is a LIKE pattern of one
-- word, $1 to $8; $9 are categories, $10 is the tenant. No text of a caller becomes part of it.
CREATE FUNCTION rd_search.condition(patterns text[], categories uuid[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
AS $$
  SELECT 's.tenant_id = $10'
    || coalesce((SELECT string_agg(format(' AND s.search_text LIKE $%s', n), '')
                 FROM generate_series(1, least(cardinality(patterns), 8)) AS n), '')
    || CASE WHEN categories IS NULL THEN '' ELSE ' AND s.category_id = ANY ($9)' END
$$;

-- How many products match, counted up to `most`.
CREATE FUNCTION rd.count_products(patterns text[], categories uuid[], most integer) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, rd_search
AS $$
DECLARE
  n integer;
BEGIN
  EXECUTE format('SELECT count(*)::integer FROM (SELECT 1 FROM rd_search.products s WHERE %s LIMIT $11) counted',
                 rd_search.condition(patterns, categories))
    INTO n USING patterns[1], patterns[2], patterns[3], patterns[4], patterns[5], patterns[6], patterns[7], patterns[8],
      categories, rd.current_tenant(), most;
  RETURN n;
END
$$;

-- A page of matching products: those whose number is `key` first (0), then those whose number begins so (1), then the
-- rest (2), each by PIM-ID. Each tier is its own statement, so that each can use the index that suits it.
CREATE FUNCTION rd.search_products(
  patterns text[], categories uuid[], key text, after_rank integer, after_pim_id text, after_id uuid, page integer
) RETURNS TABLE (product_id uuid, rank integer, pim_id text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, rd_search
AS $$
DECLARE
  base text := rd_search.condition(patterns, categories);
  prefix text := replace(replace(replace(key, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  tiers text[] := ARRAY[
    '(s.pim_key = $11 OR s.designation_key = $11)',
    '(s.pim_key LIKE $12 OR s.designation_key LIKE $12) AND NOT (s.pim_key = $11 OR s.designation_key = $11)',
    'NOT (s.pim_key LIKE $12 OR s.designation_key LIKE $12)'];
  tier integer;
  found_rows integer := 0;
  here integer;
BEGIN
  FOR tier IN coalesce(after_rank, CASE WHEN key = '' THEN 2 ELSE 0 END) .. 2 LOOP
    RETURN QUERY EXECUTE
      format('SELECT s.product_id, %s, s.pim_id FROM rd_search.products s WHERE %s%s%s ORDER BY s.pim_id, s.product_id LIMIT $15',
        tier, base,
        CASE WHEN key = '' THEN '' ELSE ' AND ' || tiers[tier + 1] END,
        CASE WHEN after_rank = tier THEN ' AND (s.pim_id, s.product_id) > ($13, $14)' ELSE '' END)
      USING patterns[1], patterns[2], patterns[3], patterns[4], patterns[5], patterns[6], patterns[7], patterns[8],
        categories, rd.current_tenant(), key, prefix, after_pim_id, after_id, page - found_rows;
    GET DIAGNOSTICS here = ROW_COUNT;
    found_rows := found_rows + here;
    EXIT WHEN found_rows >= page;
  END LOOP;
END
$$;

-- The words of the tenant's products that are most like a misspelt one.
CREATE FUNCTION rd.nearest_words(misspelt text) RETURNS TABLE (word text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, rd_search
SET pg_trgm.similarity_threshold = 0.4
AS $$
BEGIN
  RETURN QUERY EXECUTE
    'SELECT w.word FROM rd_search.words w WHERE w.tenant_id = $2 AND w.word % $1
     ORDER BY rd_search.similarity(w.word, $1) DESC, w.word LIMIT 3' USING misspelt, rd.current_tenant();
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA rd_search FROM PUBLIC;
REVOKE ALL ON FUNCTION rd.count_products(text[], uuid[], integer),
  rd.search_products(text[], uuid[], text, integer, text, uuid, integer), rd.nearest_words(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rd.count_products(text[], uuid[], integer),
  rd.search_products(text[], uuid[], text, integer, text, uuid, integer), rd.nearest_words(text) TO rd_api;
