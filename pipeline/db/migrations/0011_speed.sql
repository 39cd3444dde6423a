-- Speed at a million products. The search of 0004 chose between "walk all products in order" and "gather what the
-- trigram index says and sort it" by the planner's guess, and both are slow for a word that a tenth of the products have.
-- Now the dictionary says of each word in which categories it stands, how often, and between which PIM-IDs: what is rare
-- is gathered, what is common is walked to, category by category, and most totals follow without counting.

-- Loads pg_trgm into this session: until then its threshold is a parameter that only a superuser may set for a function.
SELECT rd_search.show_limit();

DROP TRIGGER products_search_insert ON rd.products;
DROP TRIGGER products_search_update ON rd.products;
DROP TRIGGER products_search_delete ON rd.products;
DROP FUNCTION rd_search.index_products(), rd.count_products(text[], uuid[], integer),
  rd.search_products(text[], uuid[], text, integer, text, uuid, integer), rd.nearest_words(text),
  rd_search.condition(text[], uuid[]);
DROP TABLE rd_search.products, rd_search.words;

-- Byte order everywhere: it is the same on every server, and LIKE 'x%' and ORDER BY share one index.
CREATE TABLE rd_search.products (
  product_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  category_id uuid NOT NULL,
  pim_id text COLLATE "C" NOT NULL,
  pim_key text COLLATE "C" NOT NULL,
  designation_key text COLLATE "C" NOT NULL,
  -- Begins with a blank, so that every word has one before it.
  search_text text COLLATE "C" NOT NULL
);
CREATE INDEX products_text_idx ON rd_search.products USING gin (tenant_id rd_search.uuid_ops, search_text rd_search.gin_trgm_ops);
CREATE INDEX products_order_idx ON rd_search.products (tenant_id, pim_id, product_id);
CREATE INDEX products_category_idx ON rd_search.products (tenant_id, category_id, pim_id, product_id);
CREATE INDEX products_pim_key_idx ON rd_search.products (tenant_id, pim_key, product_id);
CREATE INDEX products_designation_key_idx ON rd_search.products (tenant_id, designation_key, product_id);

-- One product of 16, by the last byte of its random id: enough to be certain that many thousands match without counting
-- them.
CREATE TABLE rd_search.sample (
  product_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  category_id uuid NOT NULL,
  search_text text COLLATE "C" NOT NULL
);
CREATE INDEX sample_idx ON rd_search.sample (tenant_id, category_id);

CREATE FUNCTION rd_search.in_sample(product_id uuid) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN get_byte(uuid_send(product_id), 15) % 16 = 0;

-- The dictionary: every word of a tenant's products by category. The bounds only ever widen. A word whose last product
-- went stays, with 0. The word '' stands for every product of its category.
CREATE TABLE rd_search.words (
  tenant_id uuid NOT NULL,
  word text COLLATE "C" NOT NULL,
  category_id uuid NOT NULL,
  products integer NOT NULL,
  first_pim_id text COLLATE "C" NOT NULL,
  last_pim_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, word, category_id)
) WITH (fillfactor = 80);
CREATE INDEX words_text_idx ON rd_search.words USING gin (tenant_id rd_search.uuid_ops, word rd_search.gin_trgm_ops);

-- The words of a product's text. The text ends with the two keys, which are no words: there would be two of them for each
-- product.
CREATE FUNCTION rd_search.wording(search_text text, pim_key text, designation_key text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN left(search_text, greatest(0, length(search_text) - length(pim_key) - length(designation_key) - 2));

CREATE FUNCTION rd_search.index_products() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
  changed text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT 1 AS n, made.* FROM made'
    WHEN 'DELETE' THEN 'SELECT -1 AS n, gone.* FROM gone'
    ELSE 'SELECT 1 AS n, made.* FROM made UNION ALL SELECT -1, gone.* FROM gone' END;
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') THEN
    DELETE FROM rd_search.products s USING gone WHERE s.product_id = gone.id;
    DELETE FROM rd_search.sample s USING gone WHERE s.product_id = gone.id;
  END IF;
  IF TG_OP IN ('UPDATE', 'INSERT') THEN
    INSERT INTO rd_search.products (product_id, tenant_id, category_id, pim_id, pim_key, designation_key, search_text)
      SELECT id, tenant_id, category_id, pim_id, pim_key, designation_key, ' ' || search_text FROM made;
    INSERT INTO rd_search.sample (product_id, tenant_id, category_id, search_text)
      SELECT id, tenant_id, category_id, ' ' || search_text FROM made WHERE rd_search.in_sample(id);
  END IF;
  -- Sorted, so that two imports at once take the same words in the same order.
  EXECUTE format('
    INSERT INTO rd_search.words AS w (tenant_id, word, category_id, products, first_pim_id, last_pim_id)
    SELECT tenant_id, word, category_id, sum(n), min(pim_id), max(pim_id)
    FROM (%s) changed, LATERAL (
      SELECT DISTINCT word FROM string_to_table(rd_search.wording(search_text, pim_key, designation_key), '' '') AS word
      UNION SELECT '''') words
    GROUP BY tenant_id, word, category_id HAVING sum(n) <> 0 OR count(DISTINCT pim_id) > 1
    ORDER BY tenant_id, word, category_id
    ON CONFLICT (tenant_id, word, category_id) DO UPDATE SET products = w.products + excluded.products,
      first_pim_id = least(w.first_pim_id, excluded.first_pim_id), last_pim_id = greatest(w.last_pim_id, excluded.last_pim_id)
    WHERE excluded.products <> 0 OR excluded.first_pim_id < w.first_pim_id OR excluded.last_pim_id > w.last_pim_id', changed);
  RETURN NULL;
END
$$;
CREATE TRIGGER products_search_insert AFTER INSERT ON rd.products REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION rd_search.index_products();
CREATE TRIGGER products_search_update AFTER UPDATE ON rd.products REFERENCING OLD TABLE AS gone NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION rd_search.index_products();
CREATE TRIGGER products_search_delete AFTER DELETE ON rd.products REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION rd_search.index_products();

-- Writes a tenant's search anew, or everybody's. For whoever sees the products: the admin, who filled them in bulk.
CREATE FUNCTION rd_search.rebuild(tenant uuid DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
  DELETE FROM rd_search.products s WHERE tenant IS NULL OR s.tenant_id = tenant;
  DELETE FROM rd_search.sample s WHERE tenant IS NULL OR s.tenant_id = tenant;
  DELETE FROM rd_search.words w WHERE tenant IS NULL OR w.tenant_id = tenant;
  INSERT INTO rd_search.products (product_id, tenant_id, category_id, pim_id, pim_key, designation_key, search_text)
    SELECT id, tenant_id, category_id, pim_id, pim_key, designation_key, ' ' || search_text FROM rd.products p
    WHERE tenant IS NULL OR p.tenant_id = tenant ORDER BY p.tenant_id, p.pim_id;
  INSERT INTO rd_search.sample (product_id, tenant_id, category_id, search_text)
    SELECT s.product_id, s.tenant_id, s.category_id, s.search_text FROM rd_search.products s
    WHERE (tenant IS NULL OR s.tenant_id = tenant) AND rd_search.in_sample(s.product_id);
  INSERT INTO rd_search.words (tenant_id, word, category_id, products, first_pim_id, last_pim_id)
    SELECT p.tenant_id, word, p.category_id, count(*), min(p.pim_id COLLATE "C"), max(p.pim_id COLLATE "C")
    FROM rd.products p, LATERAL (
      SELECT DISTINCT word FROM string_to_table(rd_search.wording(p.search_text, p.pim_key, p.designation_key), ' ') AS word) words
    WHERE tenant IS NULL OR p.tenant_id = tenant GROUP BY 1, 2, 3
    UNION ALL
    SELECT p.tenant_id, '', p.category_id, count(*), min(p.pim_id COLLATE "C"), max(p.pim_id COLLATE "C")
    FROM rd.products p WHERE tenant IS NULL OR p.tenant_id = tenant GROUP BY 1, 2, 3;
END
$$;
-- Products that were there before: the owner's own policies would hide them.
ALTER TABLE rd.products NO FORCE ROW LEVEL SECURITY;
ALTER TABLE rd.products DISABLE ROW LEVEL SECURITY;
SELECT rd_search.rebuild();
ALTER TABLE rd.products ENABLE ROW LEVEL SECURITY;
ALTER TABLE rd.products FORCE ROW LEVEL SECURITY;

-- A word of a query as a LIKE pattern: part of a word of the text; one of less than three letters, which no trigram
-- finds, is the beginning of one. Words are folded, letters and digits only, so they mean themselves in a pattern.
CREATE FUNCTION rd_search.pattern(word text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
AS $$ SELECT CASE WHEN length(word) < 3 THEN '% ' ELSE '%' END || word || '%' $$;

-- What the dictionary knows of a query.
CREATE TYPE rd_search.outlook AS (
  -- Every word of the query is part of one of the dictionary; else what is looked for can only stand across the parts
  -- of a number, such as 62052rsr, and the trigram index has to be asked.
  known boolean,
  -- The word that the fewest products have, and how many that are, in whatever category.
  rarest text,
  reach bigint,
  -- At most so many products match, and at least so many.
  most bigint,
  least bigint,
  -- So many products these categories have.
  size bigint,
  -- Where they are: categories, each with the first and the last PIM-ID that may match.
  categories uuid[],
  firsts text[],
  lasts text[]
);

CREATE FUNCTION rd_search.look_up(tenant uuid, query text[], wanted uuid[]) RETURNS rd_search.outlook
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, rd_search
SET enable_seqscan = off SET enable_bitmapscan = on SET enable_indexscan = on
AS $$
DECLARE
  found rd_search.outlook;
  -- A single letter begins too many words to be looked up, and narrows little.
  asked text[] := ARRAY(SELECT DISTINCT q.word FROM unnest(query) AS q (word) WHERE length(q.word) > 1);
BEGIN
  WITH met AS MATERIALIZED (
    SELECT a.term, w.category_id, sum(w.products) AS most, max(w.products) AS least,
      min(w.first_pim_id) AS first, max(w.last_pim_id) AS last
    FROM unnest(asked) AS a (term), LATERAL (
      SELECT * FROM rd_search.words w WHERE w.tenant_id = tenant AND w.products > 0
        AND w.word LIKE CASE WHEN length(a.term) < 3 THEN '' ELSE '%' END || a.term || '%') w
    GROUP BY 1, 2
  ), totals AS (
    SELECT a.term, coalesce(sum(m.most), 0)::bigint AS total
    FROM unnest(asked) AS a (term) LEFT JOIN met m USING (term) GROUP BY a.term
  ), sizes AS MATERIALIZED (
    SELECT w.category_id, w.products, w.first_pim_id, w.last_pim_id FROM rd_search.words w
    WHERE w.tenant_id = tenant AND w.word = '' AND w.products > 0 AND (wanted IS NULL OR w.category_id = ANY (wanted))
  ), places AS (
    SELECT s.category_id, s.products AS size, least(s.products, coalesce(min(m.most), s.products)) AS most,
      -- Of two sets of a category, so many are in both at least as their sizes exceed the category.
      greatest(0, s.products - coalesce(sum(s.products - least(m.least, s.products)), 0)) AS least,
      coalesce(max(m.first), s.first_pim_id) AS first, coalesce(min(m.last), s.last_pim_id) AS last
    FROM sizes s LEFT JOIN met m USING (category_id)
    GROUP BY s.category_id, s.products, s.first_pim_id, s.last_pim_id
    HAVING count(m.term) = cardinality(asked)
  )
  SELECT (SELECT count(DISTINCT m.term) FROM met m) = cardinality(asked),
    (SELECT b.term FROM totals b ORDER BY b.total LIMIT 1), (SELECT min(b.total) FROM totals b), coalesce(sum(p.most), 0),
    CASE WHEN cardinality(asked) = (SELECT count(DISTINCT q.word) FROM unnest(query) AS q (word)) THEN coalesce(sum(p.least), 0) ELSE 0 END,
    coalesce(sum(p.size), 0),
    array_agg(p.category_id ORDER BY p.first), array_agg(p.first ORDER BY p.first), array_agg(p.last ORDER BY p.first)
    INTO found.known, found.rarest, found.reach, found.most, found.least, found.size, found.categories, found.firsts, found.lasts
    FROM places p WHERE p.first <= p.last;
  RETURN found;
END
$$;

-- What a query's products have to meet, as SQL over `s` made of parameter numbers only: $1 tenant, $2 to $9 the words'
-- patterns, $10 what numbers that begin like the query look like. No text of a caller becomes part of it. Where products
-- are gathered, only the rarest word is for the index: reading what it says of a common one takes longer than looking.
CREATE FUNCTION rd_search.condition(query text[], has_key boolean, rarest text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
AS $$
  SELECT 's.tenant_id = $1'
    || coalesce((SELECT string_agg(format(CASE WHEN query[n] = rarest THEN ' AND s.search_text LIKE $%s' ELSE ' AND s.search_text || '''' LIKE $%s' END, n + 1), '')
                 FROM generate_series(1, least(cardinality(query), 8)) AS n), '')
    || CASE WHEN has_key THEN ' AND NOT (s.pim_key LIKE $10 OR s.designation_key LIKE $10)' ELSE '' END
$$;

-- How to come to the products that match: where a word has up to 2,000 they are gathered and sorted, else walked to in
-- order. By category, unless there are so many that a page from each would be more than the walk through everything.
CREATE FUNCTION rd_search.path(outlook rd_search.outlook) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
AS $$
  SELECT CASE WHEN NOT outlook.known OR outlook.reach <= 2000 THEN 'gather'
    WHEN cardinality(outlook.categories) <= 64 THEN 'categories' ELSE 'order' END
$$;

-- `FROM … WHERE …` of a path over `s`; $11 to $13 are the outlook's categories with their bounds. `more` are further
-- conditions, `tail` is what limits each category.
CREATE FUNCTION rd_search.source(path text, condition text, more text, tail text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
AS $$
  SELECT CASE path
    WHEN 'categories' THEN
      format('FROM unnest($11::uuid[], $12::text[], $13::text[]) AS c (category_id, first, last), LATERAL (
        SELECT s.product_id, s.pim_id FROM rd_search.products s WHERE s.category_id = c.category_id
          AND s.pim_id >= c.first COLLATE "C" AND s.pim_id <= c.last COLLATE "C" AND %s%s %s) s', condition, more, tail)
    WHEN 'order' THEN
      format('FROM rd_search.products s WHERE s.pim_id >= ($12::text[])[1] COLLATE "C" AND s.category_id = ANY ($11::uuid[]) AND %s%s',
        condition, more)
    ELSE
      format('FROM rd_search.products s WHERE ($11::uuid[] IS NULL OR s.category_id = ANY ($11)) AND %s%s', condition, more)
  END
$$;

-- Numbers that begin with the query: by PIM-ID (tier 1), else by designation (tier 2), each in its own index's order.
-- Here the outlook's categories are those that were asked for.
CREATE FUNCTION rd_search.prefix(key text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
AS $$ SELECT replace(replace(replace(key, '\', '\\'), '%', '\%'), '_', '\_') || '%' $$;

-- A page of matching products: those whose number is `key` (rank 0), those whose PIM-ID begins so (1), those whose
-- designation does (2), then the rest that has every word of the query (3). `place` is what a rank is sorted by: the
-- PIM-ID, or the key that was compared. The next page comes after its last (rank, place, id).
CREATE FUNCTION rd.search_products(
  query text[], wanted uuid[], key text, after_rank integer, after_place text, after_id uuid, page integer
) RETURNS TABLE (product_id uuid, rank integer, place text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, rd_search
SET enable_seqscan = off SET enable_bitmapscan = on SET enable_indexscan = on SET max_parallel_workers_per_gather = 0
SET jit = off SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  tenant uuid := rd.current_tenant();
  likes text[] := ARRAY(SELECT rd_search.pattern(q.word) FROM unnest(query) WITH ORDINALITY AS q (word, n) ORDER BY q.n);
  begins text := rd_search.prefix(key);
  starts constant text[] := ARRAY[
    's.pim_key = $2 OR s.designation_key = $2',
    's.pim_key LIKE $3 AND s.pim_key <> $2 AND s.designation_key <> $2',
    's.designation_key LIKE $3 AND s.designation_key <> $2 AND NOT s.pim_key LIKE $3'];
  places constant text[] := ARRAY['s.pim_id', 's.pim_key', 's.designation_key'];
  outlook rd_search.outlook;
  way text;
  found_rows integer := 0;
  here integer;
BEGIN
  IF key <> '' THEN
    FOR tier IN coalesce(after_rank, 0) .. 2 LOOP
      PERFORM set_config('enable_bitmapscan', CASE tier WHEN 0 THEN 'on' ELSE 'off' END, true);
      RETURN QUERY EXECUTE
        format('SELECT s.product_id, %1$s, %2$s::text FROM rd_search.products s WHERE s.tenant_id = $1 AND (%3$s)%4$s%5$s
                ORDER BY %2$s, s.product_id LIMIT $7', tier, places[tier + 1], starts[tier + 1],
          CASE WHEN wanted IS NULL THEN '' ELSE ' AND s.category_id = ANY ($4)' END,
          CASE WHEN after_rank = tier THEN format(' AND (%s, s.product_id) > ($5 COLLATE "C", $6)', places[tier + 1]) ELSE '' END)
        USING tenant, key, begins, wanted, after_place, after_id, page - found_rows;
      GET DIAGNOSTICS here = ROW_COUNT;
      found_rows := found_rows + here;
      IF found_rows >= page THEN RETURN; END IF;
    END LOOP;
  END IF;
  outlook := rd_search.look_up(tenant, query, wanted);
  way := rd_search.path(outlook);
  IF outlook.known AND outlook.most = 0 THEN RETURN; END IF;
  IF way = 'gather' THEN
    PERFORM set_config('enable_bitmapscan', 'on', true), set_config('enable_indexscan', 'off', true);
    outlook.categories := wanted;
  ELSE
    PERFORM set_config('enable_bitmapscan', 'off', true);
  END IF;
  RETURN QUERY EXECUTE
    format('SELECT s.product_id, 3, s.pim_id::text %s ORDER BY s.pim_id, s.product_id LIMIT $16',
      rd_search.source(way, rd_search.condition(query, key <> '', outlook.rarest),
        CASE WHEN after_rank = 3 THEN ' AND (s.pim_id, s.product_id) > ($14 COLLATE "C", $15)' ELSE '' END,
        'ORDER BY s.pim_id, s.product_id LIMIT $16'))
    USING tenant, likes[1], likes[2], likes[3], likes[4], likes[5], likes[6], likes[7], likes[8], begins,
      outlook.categories, outlook.firsts, outlook.lasts, after_place, after_id, page - found_rows;
END
$$;

-- How many products match, counted up to `most`.
CREATE FUNCTION rd.count_products(query text[], wanted uuid[], key text, most integer) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, rd_search
SET enable_seqscan = off SET enable_bitmapscan = on SET enable_indexscan = on SET max_parallel_workers_per_gather = 0
SET jit = off SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  tenant uuid := rd.current_tenant();
  likes text[] := ARRAY(SELECT rd_search.pattern(q.word) FROM unnest(query) WITH ORDINALITY AS q (word, n) ORDER BY q.n);
  begins text := rd_search.prefix(key);
  outlook rd_search.outlook := rd_search.look_up(tenant, query, wanted);
  way text;
  counted integer := 0;
  here integer;
  term text;
BEGIN
  -- What begins with the query has its words too, but for a short one in the middle of a number: a lower bound all the same.
  IF outlook.known AND outlook.least >= most THEN RETURN most; END IF;
  IF key <> '' THEN
    FOREACH term IN ARRAY ARRAY['s.pim_key LIKE $2', 's.designation_key LIKE $2 AND NOT s.pim_key LIKE $2'] LOOP
      EXECUTE format('SELECT count(*)::integer FROM (SELECT 1 FROM rd_search.products s WHERE s.tenant_id = $1 AND %s%s LIMIT $4) counted',
          term, CASE WHEN wanted IS NULL THEN '' ELSE ' AND s.category_id = ANY ($3)' END)
        INTO here USING tenant, begins, wanted, most - counted;
      counted := counted + here;
      IF counted >= most THEN RETURN most; END IF;
    END LOOP;
  END IF;
  IF outlook.known AND outlook.most = 0 THEN RETURN counted; END IF;
  -- Every product of these categories, or every one with a word that stands for itself alone.
  IF counted = 0 AND outlook.known AND outlook.most = outlook.least THEN RETURN least(outlook.most, most); END IF;
  IF outlook.known AND outlook.most > 12000 THEN
    EXECUTE format('SELECT count(*)::integer FROM (SELECT 1 FROM rd_search.sample s WHERE s.category_id = ANY ($11) AND %s LIMIT 800) counted',
        rd_search.condition(query, false, NULL))
      INTO here USING tenant, likes[1], likes[2], likes[3], likes[4], likes[5], likes[6], likes[7], likes[8], begins, outlook.categories;
    -- 800 of the sample are 12,800: that it were less than 10,001 is seven standard deviations off.
    IF here >= 800 AND most <= 10001 THEN RETURN most; END IF;
  END IF;
  -- All that match have to be looked at: those that have the rarest word, or those of the categories, where a step costs
  -- a third.
  way := CASE WHEN outlook.known AND outlook.reach > least(outlook.size / 3, 100000) THEN rd_search.path(outlook) ELSE 'gather' END;
  IF way = 'gather' THEN
    PERFORM set_config('enable_indexscan', 'off', true);
    outlook.categories := wanted;
  ELSE
    PERFORM set_config('enable_bitmapscan', 'off', true);
  END IF;
  EXECUTE
    format('SELECT count(*)::integer FROM (SELECT 1 %s LIMIT $14) counted',
      rd_search.source(way, rd_search.condition(query, key <> '', outlook.rarest), '', ''))
    INTO here USING tenant, likes[1], likes[2], likes[3], likes[4], likes[5], likes[6], likes[7], likes[8], begins,
      outlook.categories, outlook.firsts, outlook.lasts, most - counted;
  RETURN counted + here;
END
$$;

-- For each word of a query that no product has, the words that are most like it, with the number of products they have.
CREATE FUNCTION rd.nearest_words(query text[]) RETURNS TABLE (misspelt text, word text, products bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, rd_search
SET pg_trgm.similarity_threshold = 0.35 SET enable_seqscan = off SET plan_cache_mode = force_custom_plan SET jit = off
AS $$
DECLARE
  tenant uuid := rd.current_tenant();
  asked text;
BEGIN
  FOREACH asked IN ARRAY query LOOP
    CONTINUE WHEN length(asked) < 4 OR EXISTS (
      SELECT FROM rd_search.words w WHERE w.tenant_id = tenant AND w.products > 0 AND w.word LIKE rd_search.pattern(asked));
    -- Across the parts of a number, which has digits or is only begun.
    CONTINUE WHEN EXISTS (SELECT FROM rd_search.products s WHERE s.tenant_id = tenant AND s.pim_key LIKE rd_search.prefix(asked))
      OR EXISTS (SELECT FROM rd_search.products s WHERE s.tenant_id = tenant AND s.designation_key LIKE rd_search.prefix(asked));
    CONTINUE WHEN asked ~ '[0-9]' AND EXISTS (
      SELECT FROM rd_search.products s WHERE s.tenant_id = tenant AND s.search_text LIKE rd_search.pattern(asked));
    RETURN QUERY
      SELECT asked, w.word::text, sum(w.products) FROM rd_search.words w
      WHERE w.tenant_id = tenant AND w.products > 0 AND w.word % asked
      GROUP BY w.word ORDER BY rd_search.similarity(w.word, asked) DESC, w.word LIMIT 20;
    IF NOT FOUND THEN RETURN QUERY SELECT asked, NULL::text, 0::bigint; END IF;
  END LOOP;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA rd_search FROM PUBLIC;
REVOKE ALL ON FUNCTION rd.count_products(text[], uuid[], text, integer),
  rd.search_products(text[], uuid[], text, integer, text, uuid, integer), rd.nearest_words(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rd.count_products(text[], uuid[], text, integer),
  rd.search_products(text[], uuid[], text, integer, text, uuid, integer), rd.nearest_words(text[]) TO rd_api;

-- Events. The sequencer numbers a batch in one statement: a row at a time it was the slowest part of an order of 10,000.
CREATE OR REPLACE FUNCTION rd.sequence_events(batch integer DEFAULT 1000) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
  numbered integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(7203115, 1) THEN
    RETURN 0;
  END IF;
  WITH taken AS (
    DELETE FROM rd.outbox WHERE id = ANY (ARRAY(SELECT id FROM rd.outbox ORDER BY id LIMIT batch))
    RETURNING id, tenant_id, event, created_at
  ), placed AS (
    SELECT *, row_number() OVER (PARTITION BY tenant_id ORDER BY id) AS place, count(*) OVER (PARTITION BY tenant_id) AS many
    FROM taken
  ), counted AS (
    INSERT INTO rd.event_counters AS c (tenant_id, seq) SELECT DISTINCT tenant_id, many FROM placed
    ON CONFLICT (tenant_id) DO UPDATE SET seq = c.seq + excluded.seq RETURNING tenant_id, seq
  )
  INSERT INTO rd.events (tenant_id, seq, event, at)
    SELECT p.tenant_id, c.seq - p.many + p.place, p.event, p.created_at FROM placed p JOIN counted c USING (tenant_id);
  GET DIAGNOSTICS numbered = ROW_COUNT;
  IF numbered > 0 THEN
    PERFORM pg_notify('rd_events', '');
  END IF;
  RETURN numbered;
END
$$;

-- Whoever looks for the own orders, newest first.
CREATE INDEX orders_mine_idx ON rd.orders (tenant_id, created_by, created_at DESC, id DESC);
DROP INDEX rd.orders_status_idx;
-- Which names orders have; the text filter asks for the different ones.
CREATE INDEX orders_names_idx ON rd.orders (tenant_id, output_type_name, material_override);
CREATE INDEX orders_status_idx ON rd.orders (tenant_id, status, created_at DESC, id DESC);

-- Rows that change with every render: room for the next version on their page, so that no index has to follow, and
-- dead versions cleared soon instead of after a fifth of the table.
ALTER TABLE rd.orders SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE rd.order_lines SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE rd.renders SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE rd.outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000);
ALTER TABLE rd.event_counters SET (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE rd.tenant_counters SET (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
