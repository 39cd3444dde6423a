-- Totals without reading what is counted. Every word of a tenant has a posting list: which products have it, as bits by
-- the product's ordinal, in chunks of 1,024. What has all words of a query is the AND of their lists, how many that are
-- is the number of its bits, and a page of few is read by ordinal. The trigram index over every text and the sample, which
-- 0011 counted by, are no longer needed; what stands across the parts of a number is looked for in the numbers alone.

-- Loads pg_trgm into this session: until then its threshold is a parameter that only a superuser may set for a function.
SELECT rd_search.show_limit();

DROP TRIGGER products_search_insert ON rd.products;
DROP TRIGGER products_search_update ON rd.products;
DROP TRIGGER products_search_delete ON rd.products;
DROP FUNCTION rd_search.index_products(), rd_search.rebuild(uuid), rd.count_products(text[], uuid[], text, integer),
  rd.search_products(text[], uuid[], text, integer, text, uuid, integer), rd.nearest_words(text[]),
  rd_search.source(text, text, text, text), rd_search.path(rd_search.outlook), rd_search.condition(text[], boolean, text),
  rd_search.look_up(uuid, text[], uuid[]), rd_search.in_sample(uuid);
DROP TYPE rd_search.outlook;
DROP TABLE rd_search.products, rd_search.sample;

CREATE TABLE rd_search.products (
  product_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  category_id uuid NOT NULL,
  -- Its place in the tenant's posting lists; it keeps it as long as it is there.
  ordinal integer NOT NULL,
  pim_id text COLLATE "C" NOT NULL,
  pim_key text COLLATE "C" NOT NULL,
  designation_key text COLLATE "C" NOT NULL,
  -- Its words. Begins with a blank, so that every word has one before it.
  search_text text COLLATE "C" NOT NULL
);
CREATE INDEX products_order_idx ON rd_search.products (tenant_id, pim_id, product_id);
CREATE INDEX products_category_idx ON rd_search.products (tenant_id, category_id, pim_id, product_id);
CREATE INDEX products_pim_key_idx ON rd_search.products (tenant_id, pim_key, product_id) INCLUDE (designation_key, category_id, ordinal);
CREATE INDEX products_designation_key_idx ON rd_search.products (tenant_id, designation_key, product_id) INCLUDE (pim_key, category_id, ordinal);
CREATE INDEX products_ordinal_idx ON rd_search.products (tenant_id, ordinal) INCLUDE (pim_id, product_id);
CREATE INDEX products_numbers_idx ON rd_search.products
  USING gin (tenant_id rd_search.uuid_ops, (' ' || pim_key || ' ' || designation_key) rd_search.gin_trgm_ops);

-- The next ordinal of each tenant. Whoever changes products of a tenant holds its row: one after another.
CREATE TABLE rd_search.ordinals (tenant_id uuid PRIMARY KEY, next integer NOT NULL) WITH (fillfactor = 10);

-- The products that have a word of the dictionary, 1,024 ordinals a row. Instead of the word '', which stands for all products
-- of a category there, each category has a list, as the word '/' with its id.
CREATE TABLE rd_search.postings (
  tenant_id uuid NOT NULL,
  word text COLLATE "C" NOT NULL,
  chunk integer NOT NULL,
  bits bit(1024) NOT NULL,
  PRIMARY KEY (tenant_id, word, chunk)
) WITH (fillfactor = 80);

-- Between which PIM-IDs the products of a chunk are. The bounds only ever widen.
CREATE TABLE rd_search.chunks (
  tenant_id uuid NOT NULL,
  chunk integer NOT NULL,
  first_pim_id text COLLATE "C" NOT NULL,
  last_pim_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, chunk)
) WITH (fillfactor = 80);

-- The list of one ordinal.
CREATE FUNCTION rd_search.posting(ordinal integer) RETURNS bit
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN set_bit(B'0'::bit(1024), ordinal % 1024, 1);

-- The words of a text, and with '!' before them the first letter and the first two letters of each: whoever has typed no
-- more means all words that begin so.
CREATE FUNCTION rd_search.words_of(wording text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 40
BEGIN ATOMIC
  SELECT w FROM string_to_table(wording, ' ') AS w
  UNION SELECT '!' || left(w, 1) FROM string_to_table(wording, ' ') AS w
  UNION SELECT '!' || left(w, 2) FROM string_to_table(wording, ' ') AS w;
END;

-- The ordinals of a list.
CREATE FUNCTION rd_search.ordinals_of(chunks integer[], bits bit[]) RETURNS SETOF integer
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
AS $$
  SELECT c.chunk * 1024 + a + b + d
  FROM unnest(chunks, bits) AS c (chunk, bits), generate_series(0, 960, 64) AS a, LATERAL substring(c.bits, a + 1, 64) AS s,
    generate_series(0, 56, 8) AS b, LATERAL substring(s, b + 1, 8) AS e, generate_series(0, 7) AS d
  WHERE s <> B'0'::bit(64) AND e <> B'00000000' AND get_bit(e, d) = 1
$$;

-- Takes changes of products into words and lists: `n` is 1 for what a product has now and -1 for what it had.
CREATE FUNCTION rd_search.index_products() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
  changed text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT 1 AS n, made.* FROM made'
    WHEN 'DELETE' THEN 'SELECT -1 AS n, gone.* FROM gone'
    ELSE 'SELECT 1 AS n, made.* FROM made UNION ALL SELECT -1, gone.* FROM gone' END;
  tenants integer;
BEGIN
  EXECUTE format('
    INSERT INTO rd_search.ordinals AS o (tenant_id, next)
    SELECT tenant_id, %s FROM (%s) changed GROUP BY tenant_id ORDER BY tenant_id
    ON CONFLICT (tenant_id) DO UPDATE SET next = o.next + excluded.next',
    CASE TG_OP WHEN 'INSERT' THEN 'count(*)' ELSE '0' END, changed);
  GET DIAGNOSTICS tenants = ROW_COUNT;
  IF tenants = 0 THEN RETURN NULL; END IF;
  IF TG_OP = 'INSERT' THEN
    INSERT INTO rd_search.products (product_id, tenant_id, category_id, ordinal, pim_id, pim_key, designation_key, search_text)
      SELECT m.id, m.tenant_id, m.category_id, o.next - row_number() OVER (PARTITION BY m.tenant_id ORDER BY m.pim_id DESC),
        m.pim_id, m.pim_key, m.designation_key, ' ' || rd_search.wording(m.search_text, m.pim_key, m.designation_key)
      FROM made m JOIN rd_search.ordinals o USING (tenant_id);
  ELSIF TG_OP = 'UPDATE' THEN
    UPDATE rd_search.products s SET category_id = m.category_id, pim_id = m.pim_id, pim_key = m.pim_key,
      designation_key = m.designation_key, search_text = ' ' || rd_search.wording(m.search_text, m.pim_key, m.designation_key)
      FROM made m WHERE s.product_id = m.id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO rd_search.chunks AS c (tenant_id, chunk, first_pim_id, last_pim_id)
      SELECT s.tenant_id, s.ordinal / 1024, min(s.pim_id), max(s.pim_id) FROM made m JOIN rd_search.products s ON s.product_id = m.id
      GROUP BY 1, 2
      ON CONFLICT (tenant_id, chunk) DO UPDATE
        SET first_pim_id = least(c.first_pim_id, excluded.first_pim_id), last_pim_id = greatest(c.last_pim_id, excluded.last_pim_id)
        WHERE excluded.first_pim_id < c.first_pim_id OR excluded.last_pim_id > c.last_pim_id;
  END IF;
  EXECUTE format('
    WITH worded AS MATERIALIZED (
      SELECT c.n, c.tenant_id, c.category_id, c.pim_id, s.ordinal, w.word
      FROM (%s) c JOIN rd_search.products s ON s.product_id = c.id, LATERAL (
        SELECT rd_search.words_of(rd_search.wording(c.search_text, c.pim_key, c.designation_key)) AS word UNION ALL SELECT '''') w
    ), counted AS (
      INSERT INTO rd_search.words AS w (tenant_id, word, category_id, products, first_pim_id, last_pim_id)
      SELECT tenant_id, word, category_id, sum(n), min(pim_id), max(pim_id) FROM worded
      GROUP BY tenant_id, word, category_id HAVING sum(n) <> 0 OR count(DISTINCT pim_id) > 1
      ON CONFLICT (tenant_id, word, category_id) DO UPDATE SET products = w.products + excluded.products,
        first_pim_id = least(w.first_pim_id, excluded.first_pim_id), last_pim_id = greatest(w.last_pim_id, excluded.last_pim_id)
      WHERE excluded.products <> 0 OR excluded.first_pim_id < w.first_pim_id OR excluded.last_pim_id > w.last_pim_id
    )
    INSERT INTO rd_search.postings AS p (tenant_id, word, chunk, bits)
    SELECT tenant_id, word, ordinal / 1024, bit_or(rd_search.posting(ordinal)) FROM (
      SELECT tenant_id, CASE word WHEN '''' THEN ''/'' || category_id ELSE word END AS word, ordinal
      FROM worded GROUP BY 1, 2, 3 HAVING sum(n) <> 0) turned
    GROUP BY 1, 2, 3
    ON CONFLICT (tenant_id, word, chunk) DO UPDATE SET bits = p.bits # excluded.bits', changed);
  IF TG_OP = 'DELETE' THEN
    DELETE FROM rd_search.products s USING gone WHERE s.product_id = gone.id;
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

-- Writes a tenant's search anew, or everybody's. For whoever sees the products: the admin, who filled them in bulk.
CREATE FUNCTION rd_search.rebuild(tenant uuid DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
DECLARE
  whose uuid;
  last integer;
BEGIN
  DELETE FROM rd_search.words w WHERE tenant IS NULL OR w.tenant_id = tenant;
  DELETE FROM rd_search.postings p WHERE tenant IS NULL OR p.tenant_id = tenant;
  DELETE FROM rd_search.products s WHERE tenant IS NULL OR s.tenant_id = tenant;
  DELETE FROM rd_search.ordinals o WHERE tenant IS NULL OR o.tenant_id = tenant;
  DELETE FROM rd_search.chunks c WHERE tenant IS NULL OR c.tenant_id = tenant;
  -- By PIM-ID, so that what has a word lies in few chunks.
  INSERT INTO rd_search.products (product_id, tenant_id, category_id, ordinal, pim_id, pim_key, designation_key, search_text)
    SELECT p.id, p.tenant_id, p.category_id, row_number() OVER (PARTITION BY p.tenant_id ORDER BY p.pim_id COLLATE "C") - 1,
      p.pim_id, p.pim_key, p.designation_key, ' ' || rd_search.wording(p.search_text, p.pim_key, p.designation_key)
    FROM rd.products p WHERE tenant IS NULL OR p.tenant_id = tenant ORDER BY p.tenant_id, p.pim_id COLLATE "C";
  INSERT INTO rd_search.ordinals (tenant_id, next)
    SELECT s.tenant_id, max(s.ordinal) + 1 FROM rd_search.products s WHERE tenant IS NULL OR s.tenant_id = tenant GROUP BY 1;
  INSERT INTO rd_search.chunks (tenant_id, chunk, first_pim_id, last_pim_id)
    SELECT s.tenant_id, s.ordinal / 1024, min(s.pim_id), max(s.pim_id) FROM rd_search.products s
    WHERE tenant IS NULL OR s.tenant_id = tenant GROUP BY 1, 2;
  INSERT INTO rd_search.words (tenant_id, word, category_id, products, first_pim_id, last_pim_id)
    SELECT s.tenant_id, w.word, s.category_id, count(*), min(s.pim_id), max(s.pim_id)
    FROM rd_search.products s, LATERAL (
      SELECT rd_search.words_of(substr(s.search_text, 2)) AS word UNION ALL SELECT '') w
    WHERE tenant IS NULL OR s.tenant_id = tenant GROUP BY 1, 2, 3;
  -- Some chunks at a time: all lists at once would not fit into memory.
  FOR whose, last IN SELECT o.tenant_id, o.next - 1 FROM rd_search.ordinals o WHERE tenant IS NULL OR o.tenant_id = tenant LOOP
    FOR part IN 0 .. last / 32768 LOOP
      INSERT INTO rd_search.postings (tenant_id, word, chunk, bits)
        SELECT whose, w.word, s.ordinal / 1024, bit_or(rd_search.posting(s.ordinal))
        FROM rd_search.products s, LATERAL (
          SELECT rd_search.words_of(substr(s.search_text, 2)) AS word UNION ALL SELECT '/' || s.category_id) w
        WHERE s.tenant_id = whose AND s.ordinal >= part * 32768 AND s.ordinal < (part + 1) * 32768 GROUP BY 2, 3;
    END LOOP;
  END LOOP;
END
$$;
-- Products that were there before: the owner's own policies would hide them.
ALTER TABLE rd.products NO FORCE ROW LEVEL SECURITY;
ALTER TABLE rd.products DISABLE ROW LEVEL SECURITY;
SELECT rd_search.rebuild();
ALTER TABLE rd.products ENABLE ROW LEVEL SECURITY;
ALTER TABLE rd.products FORCE ROW LEVEL SECURITY;

ANALYZE rd_search.products, rd_search.words, rd_search.postings, rd_search.chunks;

-- What the dictionary knows of a query.
CREATE TYPE rd_search.outlook AS (
  -- Every word of the query is part of one of the dictionary, or the beginning of one if it has less than three letters.
  -- What is not can only stand across the parts of a number, such as 62052rsr.
  known boolean,
  strange text[],
  -- So many products match at most and at least; so many the categories below have.
  most bigint,
  least bigint,
  size bigint,
  -- Where they are: categories, each with the first and the last PIM-ID that may match.
  categories uuid[],
  firsts text[],
  lasts text[],
  -- The lists to be combined: words of the dictionary, each with the number of the query's word; the fewest rows first.
  words text[],
  terms integer[],
  -- Rows of the lists at most. NULL: a word of the query is part of too many to combine their lists.
  reads bigint
);

CREATE FUNCTION rd_search.look_up(tenant uuid, query text[], wanted uuid[]) RETURNS rd_search.outlook
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, rd_search
SET enable_seqscan = off SET enable_bitmapscan = on SET enable_indexscan = on SET plan_cache_mode = force_generic_plan SET jit = off
AS $$
DECLARE
  found rd_search.outlook;
  chunks integer := (SELECT o.next / 1024 + 1 FROM rd_search.ordinals o WHERE o.tenant_id = tenant);
BEGIN
  WITH asked AS (
    SELECT min(q.n)::integer AS n, q.term FROM unnest(query) WITH ORDINALITY AS q (term, n) GROUP BY q.term
  ), met AS MATERIALIZED (
    SELECT a.n, w.word, w.category_id, w.products, w.first_pim_id, w.last_pim_id FROM asked a
      JOIN rd_search.words w ON w.tenant_id = tenant AND w.word = '!' || a.term AND w.products > 0 WHERE length(a.term) < 3
    UNION ALL
    SELECT a.n, w.* FROM asked a, LATERAL (
      SELECT w.word, w.category_id, w.products, w.first_pim_id, w.last_pim_id FROM rd_search.words w
      WHERE w.tenant_id = tenant AND w.products > 0 AND length(a.term) > 2 AND w.word LIKE '%' || a.term || '%' LIMIT 30000) w
  ), tallied AS MATERIALIZED (
    SELECT a.n, a.term, count(m.word) AS met, count(m.word) = 30000 AS cut FROM asked a LEFT JOIN met m USING (n) GROUP BY a.n, a.term
  ), terms AS (
    SELECT m.n, m.category_id, sum(m.products) AS most, max(m.products) AS least, min(m.first_pim_id) AS first, max(m.last_pim_id) AS last
    FROM met m JOIN tallied t USING (n) WHERE NOT t.cut GROUP BY m.n, m.category_id
  ), sizes AS (
    SELECT w.category_id, w.products, w.first_pim_id, w.last_pim_id FROM rd_search.words w
    WHERE w.tenant_id = tenant AND w.word = '' AND w.products > 0 AND (wanted IS NULL OR w.category_id = ANY (wanted))
  ), places AS (
    SELECT s.category_id, s.products AS size, least(s.products, coalesce(min(m.most), s.products)) AS most,
      -- Of two sets of a category, so many are in both at least as their sizes exceed the category.
      greatest(0, s.products - coalesce(sum(s.products - least(m.least, s.products)), 0)) AS least,
      coalesce(max(m.first), s.first_pim_id) AS first, coalesce(min(m.last), s.last_pim_id) AS last
    FROM sizes s LEFT JOIN terms m USING (category_id)
    GROUP BY s.category_id, s.products, s.first_pim_id, s.last_pim_id
    HAVING count(m.n) = (SELECT count(*) FROM tallied t WHERE NOT t.cut)
  ), lists AS (
    SELECT l.n, l.word, sum(l.reads) OVER (PARTITION BY l.n) AS reads
    FROM (SELECT m.n, m.word, least(sum(m.products), chunks) AS reads FROM met m GROUP BY 1, 2) l
  )
  SELECT NOT EXISTS (SELECT FROM tallied t WHERE t.met = 0), ARRAY(SELECT t.term FROM tallied t WHERE t.met = 0 ORDER BY t.n),
    coalesce(sum(p.most), 0),
    CASE WHEN EXISTS (SELECT FROM tallied t WHERE t.cut) THEN 0 ELSE coalesce(sum(p.least), 0) END, coalesce(sum(p.size), 0),
    array_agg(p.category_id ORDER BY p.first), array_agg(p.first ORDER BY p.first), array_agg(p.last ORDER BY p.first),
    (SELECT array_agg(l.word ORDER BY l.reads, l.n, l.word) FROM lists l), (SELECT array_agg(l.n ORDER BY l.reads, l.n, l.word) FROM lists l),
    CASE WHEN NOT EXISTS (SELECT FROM tallied t WHERE t.cut) THEN (SELECT sum(l.reads) FROM (SELECT DISTINCT l.n, l.reads FROM lists l) l) END
    INTO found.known, found.strange, found.most, found.least, found.size, found.categories, found.firsts, found.lasts,
      found.words, found.terms, found.reads
    FROM places p WHERE p.first <= p.last;
  RETURN found;
END
$$;

-- Products as bits: `bits[n]` are those of `chunks[n]`.
CREATE TYPE rd_search.product_set AS (chunks integer[], bits bit(1024)[]);

-- What has all words of a query, within the categories that are wanted.
CREATE FUNCTION rd_search.intersection(tenant uuid, outlook rd_search.outlook, wanted uuid[]) RETURNS rd_search.product_set
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, rd_search
SET enable_seqscan = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan SET jit = off
AS $$
DECLARE
  found rd_search.product_set;
  list text[];
  lists integer := 0;
BEGIN
  FOR list IN
    SELECT array_agg(l.word) FROM unnest(outlook.words, outlook.terms) WITH ORDINALITY AS l (word, term, place)
      GROUP BY l.term ORDER BY min(l.place)
    LOOP
    found := rd_search.narrow(tenant, list, found, lists = 0);
    lists := lists + 1;
    EXIT WHEN found.chunks IS NULL;
  END LOOP;
  IF wanted IS NOT NULL AND (lists = 0 OR found.chunks IS NOT NULL) THEN
    found := rd_search.narrow(tenant, ARRAY(SELECT '/' || c FROM unnest(wanted) AS c), found, lists = 0);
  END IF;
  RETURN found;
END
$$;

-- What of `found`, or of everything at first, has one of these words.
CREATE FUNCTION rd_search.narrow(tenant uuid, list text[], found rd_search.product_set, at_first boolean) RETURNS rd_search.product_set
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, rd_search
SET enable_seqscan = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan SET jit = off
AS $$
DECLARE
  narrowed rd_search.product_set;
  low integer := (SELECT min(c) FROM unnest(found.chunks) AS c);
  high integer := (SELECT max(c) FROM unnest(found.chunks) AS c);
BEGIN
  IF at_first THEN
    SELECT array_agg(p.chunk), array_agg(p.bits) INTO narrowed.chunks, narrowed.bits FROM (
      SELECT p.chunk, bit_or(p.bits) AS bits FROM rd_search.postings p
      WHERE p.tenant_id = tenant AND p.word = ANY (list) GROUP BY p.chunk) p;
  ELSE
    SELECT array_agg(p.chunk), array_agg(p.bits & f.bits) INTO narrowed.chunks, narrowed.bits FROM (
      SELECT p.chunk, bit_or(p.bits) AS bits FROM rd_search.postings p
      WHERE p.tenant_id = tenant AND p.word = ANY (list) AND p.chunk BETWEEN low AND high GROUP BY p.chunk) p
    JOIN unnest(found.chunks, found.bits) AS f (chunk, bits) USING (chunk) WHERE bit_count(p.bits & f.bits) > 0;
  END IF;
  RETURN narrowed;
END
$$;

-- The keys that begin with `key` are those from it to this one; keys are folded, letters and digits only.
CREATE FUNCTION rd_search.end_of(key text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN key || U&'\+10FFFF';

-- How many products have a number that begins with `key`, counted up to `most`.
CREATE FUNCTION rd_search.count_begun(tenant uuid, wanted uuid[], key text, most integer) RETURNS integer
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, rd_search
SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off
AS $$
DECLARE
  stop text := rd_search.end_of(key);
  counted integer;
BEGIN
  IF key = '' THEN RETURN 0; END IF;
  SELECT count(*) INTO counted FROM (
    SELECT FROM rd_search.products s WHERE s.tenant_id = tenant AND s.pim_key >= key COLLATE "C" AND s.pim_key < stop COLLATE "C"
      AND (wanted IS NULL OR s.category_id = ANY (wanted)) LIMIT most) s;
  IF counted >= most THEN RETURN most; END IF;
  RETURN counted + (SELECT count(*) FROM (
    SELECT FROM rd_search.products s
    WHERE s.tenant_id = tenant AND s.designation_key >= key COLLATE "C" AND s.designation_key < stop COLLATE "C"
      AND NOT (s.pim_key >= key COLLATE "C" AND s.pim_key < stop COLLATE "C")
      AND (wanted IS NULL OR s.category_id = ANY (wanted)) LIMIT most - counted) s);
END
$$;

-- The products whose number begins with `key`.
CREATE FUNCTION rd_search.begun(tenant uuid, wanted uuid[], key text) RETURNS rd_search.product_set
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, rd_search
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan SET jit = off
AS $$
DECLARE
  found rd_search.product_set;
  stop text := rd_search.end_of(key);
BEGIN
  IF key <> '' THEN
    SELECT array_agg(b.chunk), array_agg(b.bits) INTO found.chunks, found.bits FROM (
      SELECT u.ordinal / 1024 AS chunk, bit_or(rd_search.posting(u.ordinal)) AS bits FROM (
        (SELECT s.ordinal FROM rd_search.products s WHERE s.tenant_id = tenant AND s.pim_key >= key COLLATE "C"
          AND s.pim_key < stop COLLATE "C" AND (wanted IS NULL OR s.category_id = ANY (wanted)))
        UNION
        (SELECT s.ordinal FROM rd_search.products s WHERE s.tenant_id = tenant AND s.designation_key >= key COLLATE "C"
          AND s.designation_key < stop COLLATE "C" AND (wanted IS NULL OR s.category_id = ANY (wanted)))) u
      GROUP BY 1) b;
  END IF;
  RETURN found;
END
$$;

-- How many products a set has.
CREATE FUNCTION rd_search.size(products rd_search.product_set) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
AS $$ SELECT coalesce(sum(bit_count(b)), 0)::integer FROM unnest((products).bits) AS b $$;

-- The products of a set that are not in another one.
CREATE FUNCTION rd_search.without(products rd_search.product_set, others rd_search.product_set) RETURNS rd_search.product_set
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
AS $$
  SELECT (array_agg(p.chunk), array_agg(p.bits & coalesce(~o.bits, p.bits)))::rd_search.product_set
  FROM unnest((products).chunks, (products).bits) AS p (chunk, bits)
  LEFT JOIN unnest((others).chunks, (others).bits) AS o (chunk, bits) USING (chunk)
$$;

CREATE TYPE rd_search.listed AS (product_id uuid, rank integer, place text);

-- A page of the products whose number is `key` (rank 0), whose PIM-ID begins so (1), whose designation does (2), each in
-- the order of its index.
CREATE FUNCTION rd_search.list_begun(
  tenant uuid, wanted uuid[], key text, after_rank integer, after_place text, after_id uuid, page integer
) RETURNS SETOF rd_search.listed
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, rd_search ROWS 100
SET enable_seqscan = off SET enable_sort = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off
AS $$
DECLARE
  stop text := rd_search.end_of(key);
  first_rank integer := CASE WHEN key = '' THEN 3 ELSE coalesce(after_rank, 0) END;
  place text;
  found_rows integer := 0;
  here integer;
BEGIN
  IF first_rank = 0 THEN
    RETURN QUERY SELECT u.product_id, 0, u.pim_id FROM (
        SELECT s.product_id, s.pim_id, s.category_id FROM rd_search.products s WHERE s.tenant_id = tenant AND s.pim_key = key
        UNION
        SELECT s.product_id, s.pim_id, s.category_id FROM rd_search.products s WHERE s.tenant_id = tenant AND s.designation_key = key) u
      WHERE (wanted IS NULL OR u.category_id = ANY (wanted)) AND (after_rank IS NULL OR u.pim_id > after_place COLLATE "C")
      ORDER BY u.pim_id LIMIT page;
    GET DIAGNOSTICS here = ROW_COUNT;
    found_rows := here;
  END IF;
  IF first_rank <= 1 AND found_rows < page THEN
    place := CASE WHEN after_rank = 1 THEN after_place ELSE key END;
    RETURN QUERY SELECT s.product_id, 1, s.pim_key FROM rd_search.products s
      WHERE s.tenant_id = tenant AND s.pim_key >= place COLLATE "C" AND s.pim_key < stop COLLATE "C" AND s.pim_key <> key
        AND s.designation_key <> key AND (wanted IS NULL OR s.category_id = ANY (wanted))
        AND (s.pim_key > place COLLATE "C" OR after_rank IS DISTINCT FROM 1 OR s.product_id > after_id)
      ORDER BY s.pim_key, s.product_id LIMIT page - found_rows;
    GET DIAGNOSTICS here = ROW_COUNT;
    found_rows := found_rows + here;
  END IF;
  IF first_rank <= 2 AND found_rows < page THEN
    place := CASE WHEN after_rank = 2 THEN after_place ELSE key END;
    RETURN QUERY SELECT s.product_id, 2, s.designation_key FROM rd_search.products s
      WHERE s.tenant_id = tenant AND s.designation_key >= place COLLATE "C" AND s.designation_key < stop COLLATE "C"
        AND s.designation_key <> key AND NOT (s.pim_key >= key COLLATE "C" AND s.pim_key < stop COLLATE "C")
        AND (wanted IS NULL OR s.category_id = ANY (wanted))
        AND (s.designation_key > place COLLATE "C" OR after_rank IS DISTINCT FROM 2 OR s.product_id > after_id)
      ORDER BY s.designation_key, s.product_id LIMIT page - found_rows;
  END IF;
END
$$;

-- What of a set the page after a PIM-ID can come from: as the chunks have bounds, those before the page is full, and those
-- that reach into them.
CREATE FUNCTION rd_search.near(tenant uuid, products rd_search.product_set, after_place text, page integer) RETURNS rd_search.product_set
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, rd_search
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan SET jit = off
AS $$
DECLARE
  found rd_search.product_set;
  after text := coalesce(after_place, '');
BEGIN
  WITH placed AS MATERIALIZED (
    SELECT p.chunk, p.bits, c.first_pim_id, c.last_pim_id,
      -- So many are sure to come before those of this chunk; of one that begins before the page, none is.
      coalesce(sum(bit_count(p.bits)) FILTER (WHERE c.first_pim_id > after COLLATE "C") OVER (
        ORDER BY c.first_pim_id, p.chunk ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
    FROM unnest(products.chunks, products.bits) AS p (chunk, bits)
    JOIN rd_search.chunks c ON c.tenant_id = tenant AND c.chunk = p.chunk
    WHERE c.last_pim_id > after COLLATE "C"
  )
  SELECT array_agg(p.chunk), array_agg(p.bits) INTO found.chunks, found.bits FROM placed p
    WHERE p.first_pim_id <= (SELECT max(f.last_pim_id) FROM placed f WHERE f.before < page);
  RETURN found;
END
$$;

-- A page of a set's products by PIM-ID.
CREATE FUNCTION rd_search.list_set(tenant uuid, products rd_search.product_set, after_place text, page integer) RETURNS SETOF rd_search.listed
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, rd_search ROWS 100
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan SET jit = off
AS $$
BEGIN
  -- Read before it is sorted: an index in the order of the page would be walked through for each of them.
  RETURN QUERY WITH read AS MATERIALIZED (
      SELECT s.product_id, s.pim_id FROM rd_search.ordinals_of(products.chunks, products.bits) AS o (ordinal)
      JOIN rd_search.products s ON s.tenant_id = tenant AND s.ordinal = o.ordinal
    )
    SELECT r.product_id, 3, r.pim_id FROM read r
    WHERE after_place IS NULL OR r.pim_id > after_place COLLATE "C" ORDER BY r.pim_id LIMIT page;
END
$$;

-- What is passed on the way through a category, from one PIM-ID to another: products whose text meets all patterns and
-- whose number does not begin with `key`.
CREATE FUNCTION rd_search.passed(tenant uuid, category uuid, first text, last text, likes text[], key text) RETURNS SETOF rd_search.products
LANGUAGE sql STABLE ROWS 1000
BEGIN ATOMIC
  SELECT s.* FROM rd_search.products s
  WHERE s.tenant_id = tenant AND s.category_id = category AND s.pim_id >= first COLLATE "C" AND s.pim_id <= last COLLATE "C"
    AND s.search_text LIKE ALL (likes)
    AND (key = '' OR NOT (s.pim_key >= key COLLATE "C" AND s.pim_key < rd_search.end_of(key) COLLATE "C"
      OR s.designation_key >= key COLLATE "C" AND s.designation_key < rd_search.end_of(key) COLLATE "C"));
END;

-- A page of the products that have every word, by PIM-ID: walked to in order, through each category from where its first
-- can be, or through everything where a page of each category would be more.
CREATE FUNCTION rd_search.list_walk(
  tenant uuid, outlook rd_search.outlook, likes text[], key text, after_place text, page integer
) RETURNS SETOF rd_search.listed
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, rd_search ROWS 100
SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off
AS $$
DECLARE
  stop text := rd_search.end_of(key);
  after text := coalesce(after_place, '');
BEGIN
  IF cardinality(outlook.categories) <= 64 THEN
    RETURN QUERY SELECT w.product_id, 3, w.pim_id
      FROM unnest(outlook.categories, outlook.firsts, outlook.lasts) AS c (category_id, first, last), LATERAL (
        SELECT s.product_id, s.pim_id
        FROM rd_search.passed(tenant, c.category_id, greatest(c.first, after), c.last, likes, key) s
        WHERE s.pim_id > after COLLATE "C" ORDER BY s.pim_id, s.product_id LIMIT page) w
      ORDER BY w.pim_id LIMIT page;
  ELSE
    RETURN QUERY SELECT s.product_id, 3, s.pim_id FROM rd_search.products s
      WHERE s.tenant_id = tenant AND s.pim_id >= outlook.firsts[1] COLLATE "C" AND s.pim_id > after COLLATE "C"
        AND s.category_id = ANY (outlook.categories) AND s.search_text LIKE ALL (likes)
        AND (key = '' OR NOT (s.pim_key >= key COLLATE "C" AND s.pim_key < stop COLLATE "C"
          OR s.designation_key >= key COLLATE "C" AND s.designation_key < stop COLLATE "C"))
      ORDER BY s.pim_id, s.product_id LIMIT page;
  END IF;
END
$$;

-- How many products have every word, counted up to `most` on the same way.
CREATE FUNCTION rd_search.count_walk(tenant uuid, outlook rd_search.outlook, likes text[], key text, most integer) RETURNS integer
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, rd_search
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan SET jit = off
AS $$
BEGIN
  RETURN (SELECT count(*) FROM (
    SELECT FROM unnest(outlook.categories, outlook.firsts, outlook.lasts) AS c (category_id, first, last),
      LATERAL rd_search.passed(tenant, c.category_id, c.first, c.last, likes, key) LIMIT most) counted);
END
$$;

-- A page of the products that have every word, one of which no word of the dictionary has, by PIM-ID. Such a one stands
-- across the parts of a number.
CREATE FUNCTION rd_search.list_numbers(
  tenant uuid, strange text[], others text[], wanted uuid[], key text, after_place text, page integer
) RETURNS SETOF rd_search.listed
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, rd_search ROWS 100
SET enable_seqscan = off SET enable_indexscan = off SET plan_cache_mode = force_generic_plan SET jit = off
AS $$
DECLARE
  stop text := rd_search.end_of(key);
  likes text[] := ARRAY(SELECT rd_search.pattern(w) FROM unnest(strange) AS w);
  longest text := (SELECT rd_search.pattern(w) FROM unnest(strange) AS w ORDER BY length(w) DESC LIMIT 1);
  words text[] := ARRAY(SELECT rd_search.pattern(w) FROM unnest(others) AS w);
BEGIN
  RETURN QUERY SELECT s.product_id, 3, s.pim_id FROM rd_search.products s
    WHERE s.tenant_id = tenant AND (' ' || s.pim_key || ' ' || s.designation_key) LIKE longest
      AND (' ' || s.pim_key || ' ' || s.designation_key) LIKE ALL (likes) AND s.search_text LIKE ALL (words)
      AND (wanted IS NULL OR s.category_id = ANY (wanted)) AND (after_place IS NULL OR s.pim_id > after_place COLLATE "C")
      AND (key = '' OR NOT (s.pim_key >= key COLLATE "C" AND s.pim_key < stop COLLATE "C"
        OR s.designation_key >= key COLLATE "C" AND s.designation_key < stop COLLATE "C"))
    ORDER BY s.pim_id LIMIT page;
END
$$;

-- A page of the products that match and how many match, counted up to `most`, if that is given: first those whose number
-- is `key` (rank 0), then those whose PIM-ID begins so (1), those whose designation does (2), and the rest that has every
-- word of the query (3). `place` is what a rank is sorted by: the PIM-ID, or the key that was compared. The next page
-- comes after its last (rank, place, id). Where a word is part of none that the products have, nothing is looked for but
-- if that is `meant`: it may be misspelt.
CREATE FUNCTION rd.find_products(
  query text[], wanted uuid[], key text, meant boolean, after_rank integer, after_place text, after_id uuid, page integer, most integer
) RETURNS TABLE (known boolean, total integer, ids uuid[], ranks integer[], places text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, rd_search
SET plan_cache_mode = force_generic_plan SET jit = off
AS $$
DECLARE
  everything constant integer := 2000000000;
  tenant uuid := rd.current_tenant();
  likes text[] := ARRAY(SELECT rd_search.pattern(w) FROM unnest(query) AS w);
  outlook rd_search.outlook := rd_search.look_up(tenant, query, wanted);
  found rd_search.listed[];
  matching rd_search.product_set;
  counted integer;
  rest bigint;
  reads bigint;
  -- Of the rest: whether it is read from the set, after which PIM-ID, and how many more there is room for.
  few boolean := false;
  after text := CASE WHEN after_rank = 3 THEN after_place END;
  room integer;
BEGIN
  known := outlook.known;
  IF NOT known AND NOT meant THEN
    RETURN NEXT;
    RETURN;
  END IF;
  found := ARRAY(SELECT l FROM rd_search.list_begun(tenant, wanted, key, after_rank, after_place, after_id, page) AS l);
  room := page - cardinality(found);
  counted := rd_search.count_begun(tenant, wanted, key, coalesce(most, everything));
  IF counted >= most OR known AND outlook.least >= most THEN
    total := most;
  ELSIF known AND outlook.reads <= 60000 THEN
    IF outlook.words IS NULL AND wanted IS NULL OR outlook.most = 0 THEN
      total := outlook.most + counted;
    ELSE
      matching := rd_search.intersection(tenant, outlook, wanted);
      IF counted > 0 THEN matching := rd_search.without(matching, rd_search.begun(tenant, wanted, key)); END IF;
      rest := rd_search.size(matching);
      total := counted + rest;
      -- To read one by its ordinal costs four times as much as to pass one, of which there are size / rest for each that
      -- is wanted. But where they lie is not known, so what is rare is better read.
      matching := rd_search.near(tenant, matching, after, room);
      reads := rd_search.size(matching);
      few := reads * rest < 12 * outlook.size OR reads <= 2000 AND rest * 20 < outlook.size OR room > rest;
    END IF;
  ELSIF most IS NULL THEN
    total := NULL;
  ELSIF known THEN
    total := counted + rd_search.count_walk(tenant, outlook, likes, key, most - counted);
  ELSE
    total := counted + (SELECT count(*) FROM rd_search.list_numbers(tenant, outlook.strange,
      ARRAY(SELECT w FROM unnest(query) AS w WHERE w <> ALL (outlook.strange)), wanted, key, NULL, most - counted));
  END IF;
  total := least(total, most);
  IF room > 0 AND NOT (known AND outlook.most = 0) THEN
    IF NOT known THEN
      found := found || ARRAY(SELECT l FROM rd_search.list_numbers(tenant, outlook.strange,
        ARRAY(SELECT w FROM unnest(query) AS w WHERE w <> ALL (outlook.strange)), wanted, key, after, room) AS l);
    ELSIF few THEN
      found := found || ARRAY(SELECT l FROM rd_search.list_set(tenant, matching, after, room) AS l);
    ELSE
      found := found || ARRAY(SELECT l FROM rd_search.list_walk(tenant, outlook, likes, key, after, room) AS l);
    END IF;
  END IF;
  SELECT array_agg((l).product_id ORDER BY n), array_agg((l).rank ORDER BY n), array_agg((l).place ORDER BY n)
    INTO ids, ranks, places FROM unnest(found) WITH ORDINALITY AS l (product_id, rank, place, n);
  RETURN NEXT;
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
    CONTINUE WHEN EXISTS (SELECT FROM rd_search.products s WHERE s.tenant_id = tenant
        AND s.pim_key >= asked COLLATE "C" AND s.pim_key < rd_search.end_of(asked) COLLATE "C")
      OR EXISTS (SELECT FROM rd_search.products s WHERE s.tenant_id = tenant
        AND s.designation_key >= asked COLLATE "C" AND s.designation_key < rd_search.end_of(asked) COLLATE "C");
    CONTINUE WHEN asked ~ '[0-9]' AND EXISTS (SELECT FROM rd_search.products s WHERE s.tenant_id = tenant
        AND (' ' || s.pim_key || ' ' || s.designation_key) LIKE rd_search.pattern(asked));
    RETURN QUERY
      SELECT asked, w.word::text, sum(w.products) FROM rd_search.words w
      WHERE w.tenant_id = tenant AND w.products > 0 AND w.word % asked AND w.word >= '0'
      GROUP BY w.word ORDER BY rd_search.similarity(w.word, asked) DESC, w.word LIMIT 20;
    IF NOT FOUND THEN RETURN QUERY SELECT asked, NULL::text, 0::bigint; END IF;
  END LOOP;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA rd_search FROM PUBLIC;
REVOKE ALL ON FUNCTION rd.find_products(text[], uuid[], text, boolean, integer, text, uuid, integer, integer),
  rd.nearest_words(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rd.find_products(text[], uuid[], text, boolean, integer, text, uuid, integer, integer),
  rd.nearest_words(text[]) TO rd_api;
