-- The documented views of POST /query, complete: what analysts ask for, each view and column described. GET /query/schema
-- gives these comments to clients. Views keep their names and the order of their columns; new ones come at the end.

CREATE POLICY query_views ON rd.order_history FOR SELECT TO rd_owner USING (tenant_id = (SELECT rd.query_tenant()));
CREATE POLICY query_views ON rd.tenants FOR SELECT TO rd_owner USING (id = (SELECT rd.query_tenant()));

CREATE VIEW rd_views.company WITH (security_barrier) AS
  SELECT t.name, c.config ->> 'time_zone' AS time_zone, t.created_at
  FROM rd.tenants t JOIN rd.tenant_config c ON c.tenant_id = t.id;

CREATE OR REPLACE VIEW rd_views.categories WITH (security_barrier) AS
  SELECT id, parent_id, name, path, description, cardinality(string_to_array(path, ' > ')) AS level FROM rd.categories;

CREATE OR REPLACE VIEW rd_views.products WITH (security_barrier) AS
  SELECT p.id, p.pim_id, p.name, p.designation, c.name AS category, c.path AS category_path, p.kind,
         (p.dimensions ->> 'd')::numeric AS bore_mm, (p.dimensions ->> 'D')::numeric AS outside_mm,
         (p.dimensions ->> 'B')::numeric AS width_mm, p.cad_materials, p.created_at, p.updated_at, p.category_id,
         p.dimensions,
         EXISTS (SELECT 1 FROM jsonb_each_text(p.cad_materials) used WHERE NOT EXISTS
           (SELECT 1 FROM rd.material_mappings m WHERE m.cad_material = used.value AND m.material_id IS NOT NULL)) AS unmapped
  FROM rd.products p JOIN rd.categories c ON c.id = p.category_id;

CREATE OR REPLACE VIEW rd_views.material_mappings WITH (security_barrier) AS
  SELECT m.cad_material, r.name AS material, m.material_id IS NULL AS unmapped, m.updated_at
  FROM rd.material_mappings m LEFT JOIN rd.materials r ON r.id = m.material_id;

CREATE OR REPLACE VIEW rd_views.output_types WITH (security_barrier) AS
  SELECT id, name, description, is_default, settings, settings ->> 'format' AS format,
         (settings ->> 'width')::integer AS width, (settings ->> 'height')::integer AS height,
         (settings ->> 'quality')::integer AS quality, settings ->> 'background' AS background,
         (settings ->> 'samples')::integer AS samples, settings ->> 'camera' AS camera
  FROM rd.output_types;

CREATE OR REPLACE VIEW rd_views.orders WITH (security_barrier) AS
  SELECT o.id, o.number, o.status, o.output_type_name AS output_type, o.render_overrides, o.material_override,
         o.lines_total, o.lines_queued, o.lines_running, o.lines_done, o.lines_failed, o.lines_cancelled,
         u.name AS created_by, o.created_at, o.dispatched_at, o.finished_at,
         o.base_settings || o.render_overrides AS settings,
         extract(epoch FROM o.finished_at - o.dispatched_at) AS duration_s
  FROM rd.orders o JOIN rd.users u ON u.id = o.created_by;

CREATE OR REPLACE VIEW rd_views.order_lines WITH (security_barrier) AS
  SELECT l.id, l.order_id, o.number AS order_number, l.position, l.product_id, p.pim_id, p.name AS product, l.status,
         l.attempts, l.error, l.render_id, c.path AS category_path
  FROM rd.order_lines l JOIN rd.orders o ON o.id = l.order_id JOIN rd.products p ON p.id = l.product_id
  JOIN rd.categories c ON c.id = p.category_id;

CREATE OR REPLACE VIEW rd_views.renders WITH (security_barrier) AS
  SELECT r.id, r.order_id, o.number AS order_number, r.line_id, p.pim_id, r.attempt, r.status, r.failure_reason, r.error,
         r.settings ->> 'format' AS format, (r.settings ->> 'width')::integer AS width,
         (r.settings ->> 'height')::integer AS height, r.image_bytes, r.duration_ms, r.created_at, r.started_at, r.finished_at,
         p.id AS product_id, p.name AS product, c.path AS category_path, o.output_type_name AS output_type,
         r.material_override, (r.settings ->> 'quality')::integer AS quality, (r.settings ->> 'samples')::integer AS samples,
         r.settings ->> 'camera' AS camera, extract(epoch FROM r.started_at - r.created_at) AS waited_s
  FROM rd.renders r JOIN rd.orders o ON o.id = r.order_id JOIN rd.order_lines l ON l.id = r.line_id
  JOIN rd.products p ON p.id = l.product_id JOIN rd.categories c ON c.id = p.category_id;

-- The id of an assistant's tool call leads into a chat, so only the door is told.
CREATE VIEW rd_views.order_history WITH (security_barrier) AS
  SELECT h.id, h.order_id, o.number AS order_number, h.at, h.actor, split_part(h.origin, ';', 1) AS origin, h.event, h.text
  FROM rd.order_history h JOIN rd.orders o ON o.id = h.order_id;

GRANT SELECT ON ALL TABLES IN SCHEMA rd_views TO rd_query;

COMMENT ON VIEW rd_views.company IS 'The company itself, one row';
COMMENT ON COLUMN rd_views.company.name IS 'Name of the company';
COMMENT ON COLUMN rd_views.company.time_zone IS 'IANA name of its time zone; days and weeks of queries are worked out in it';
COMMENT ON COLUMN rd_views.company.created_at IS 'When the company was set up';

COMMENT ON VIEW rd_views.categories IS 'Category tree of the products';
COMMENT ON COLUMN rd_views.categories.id IS 'Id of the category';
COMMENT ON COLUMN rd_views.categories.parent_id IS 'Id of the category above; null at the top';
COMMENT ON COLUMN rd_views.categories.name IS 'Its own name';
COMMENT ON COLUMN rd_views.categories.path IS 'Names from the top down, joined by " > ", such as "Kugellager > Rillenkugellager"';
COMMENT ON COLUMN rd_views.categories.description IS 'What belongs in it';
COMMENT ON COLUMN rd_views.categories.level IS 'Depth in the tree, 1 at the top';

COMMENT ON VIEW rd_views.products IS 'CAD products with their category and boundary dimensions';
COMMENT ON COLUMN rd_views.products.id IS 'Id of the product';
COMMENT ON COLUMN rd_views.products.pim_id IS 'Number in the product information system, such as "KL-6205-2RSR"; unique';
COMMENT ON COLUMN rd_views.products.name IS 'Name of the product';
COMMENT ON COLUMN rd_views.products.designation IS 'Designation as in the catalogue, such as "6205-2RSR"';
COMMENT ON COLUMN rd_views.products.category IS 'Name of its category';
COMMENT ON COLUMN rd_views.products.category_path IS 'Its category from the top down; a whole branch: LIKE ''Kugellager%''';
COMMENT ON COLUMN rd_views.products.kind IS 'Kind of part, which decides how it is drawn';
COMMENT ON COLUMN rd_views.products.bore_mm IS 'Bore diameter d in mm; null where the part has none';
COMMENT ON COLUMN rd_views.products.outside_mm IS 'Outside diameter D in mm; null where the part has none';
COMMENT ON COLUMN rd_views.products.width_mm IS 'Width B in mm; null where the part has none';
COMMENT ON COLUMN rd_views.products.cad_materials IS 'JSON object: part of the product to CAD material name';
COMMENT ON COLUMN rd_views.products.created_at IS 'When the product was first imported';
COMMENT ON COLUMN rd_views.products.updated_at IS 'When the product was last imported';
COMMENT ON COLUMN rd_views.products.category_id IS 'Id of its category';
COMMENT ON COLUMN rd_views.products.dimensions IS 'JSON object: all dimensions by their letter, lengths in mm';
COMMENT ON COLUMN rd_views.products.unmapped IS 'True where one of its CAD materials has no render material';

COMMENT ON VIEW rd_views.materials IS 'Render materials of the library';
COMMENT ON COLUMN rd_views.materials.id IS 'Id of the material';
COMMENT ON COLUMN rd_views.materials.name IS 'Name, such as "Steel-Bare"; unique';
COMMENT ON COLUMN rd_views.materials.description IS 'What it looks like';
COMMENT ON COLUMN rd_views.materials.color IS 'Base colour as #rrggbb';
COMMENT ON COLUMN rd_views.materials.metallic IS 'How metallic, 0 to 1';
COMMENT ON COLUMN rd_views.materials.roughness IS 'How rough, 0 to 1';

COMMENT ON VIEW rd_views.material_mappings IS 'Which render material stands for a CAD material name';
COMMENT ON COLUMN rd_views.material_mappings.cad_material IS 'Material name of the CAD data; unique';
COMMENT ON COLUMN rd_views.material_mappings.material IS 'Name of the render material; null where unmapped';
COMMENT ON COLUMN rd_views.material_mappings.unmapped IS 'True where no render material is chosen, which blocks a good render';
COMMENT ON COLUMN rd_views.material_mappings.updated_at IS 'When the mapping was last changed';

COMMENT ON VIEW rd_views.output_types IS 'Named render recipes';
COMMENT ON COLUMN rd_views.output_types.id IS 'Id of the output type';
COMMENT ON COLUMN rd_views.output_types.name IS 'Its name; unique';
COMMENT ON COLUMN rd_views.output_types.description IS 'What it is for';
COMMENT ON COLUMN rd_views.output_types.is_default IS 'True for the one taken where none is named';
COMMENT ON COLUMN rd_views.output_types.settings IS 'JSON object with all settings';
COMMENT ON COLUMN rd_views.output_types.format IS 'Image format: webp, png, jpeg or avif';
COMMENT ON COLUMN rd_views.output_types.width IS 'Width in px';
COMMENT ON COLUMN rd_views.output_types.height IS 'Height in px';
COMMENT ON COLUMN rd_views.output_types.quality IS 'Quality of lossy formats, 1 to 100';
COMMENT ON COLUMN rd_views.output_types.background IS '"transparent" or a colour #rrggbb';
COMMENT ON COLUMN rd_views.output_types.samples IS 'Samples per pixel';
COMMENT ON COLUMN rd_views.output_types.camera IS 'From where the part is seen: three_quarter, front or section';

COMMENT ON VIEW rd_views.orders IS 'Orders with the number of their lines in each state';
COMMENT ON COLUMN rd_views.orders.id IS 'Id of the order';
COMMENT ON COLUMN rd_views.orders.number IS 'Order number, such as "SA-2026-00160"; unique';
COMMENT ON COLUMN rd_views.orders.status IS 'draft, queued, running, done, done_with_failures, failed, cancelling or cancelled';
COMMENT ON COLUMN rd_views.orders.output_type IS 'Name of the output type at the time of the order';
COMMENT ON COLUMN rd_views.orders.render_overrides IS 'JSON object: settings replaced for this order; {} without any';
COMMENT ON COLUMN rd_views.orders.material_override IS 'Material that replaces all others in this order; null without one';
COMMENT ON COLUMN rd_views.orders.lines_total IS 'Number of lines, one per product';
COMMENT ON COLUMN rd_views.orders.lines_queued IS 'Lines that wait';
COMMENT ON COLUMN rd_views.orders.lines_running IS 'Lines being rendered';
COMMENT ON COLUMN rd_views.orders.lines_done IS 'Lines with an image';
COMMENT ON COLUMN rd_views.orders.lines_failed IS 'Lines that failed';
COMMENT ON COLUMN rd_views.orders.lines_cancelled IS 'Lines that were cancelled';
COMMENT ON COLUMN rd_views.orders.created_by IS 'Name of the user who made it';
COMMENT ON COLUMN rd_views.orders.created_at IS 'When it was made';
COMMENT ON COLUMN rd_views.orders.dispatched_at IS 'When it was handed to the renderers; null while a draft';
COMMENT ON COLUMN rd_views.orders.finished_at IS 'When its last line ended; null before';
COMMENT ON COLUMN rd_views.orders.settings IS 'JSON object: the settings in force, overrides included';
COMMENT ON COLUMN rd_views.orders.duration_s IS 'Seconds from dispatch to end; null before the end';

COMMENT ON VIEW rd_views.order_lines IS 'Lines of the orders, one per product';
COMMENT ON COLUMN rd_views.order_lines.id IS 'Id of the line';
COMMENT ON COLUMN rd_views.order_lines.order_id IS 'Id of its order';
COMMENT ON COLUMN rd_views.order_lines.order_number IS 'Number of its order';
COMMENT ON COLUMN rd_views.order_lines.position IS 'Place in the order, from 1';
COMMENT ON COLUMN rd_views.order_lines.product_id IS 'Id of its product';
COMMENT ON COLUMN rd_views.order_lines.pim_id IS 'PIM-ID of its product';
COMMENT ON COLUMN rd_views.order_lines.product IS 'Name of its product';
COMMENT ON COLUMN rd_views.order_lines.status IS 'queued, running, done, failed or cancelled';
COMMENT ON COLUMN rd_views.order_lines.attempts IS 'Number of renders begun for it';
COMMENT ON COLUMN rd_views.order_lines.error IS 'Why it failed, in a sentence; null where it did not';
COMMENT ON COLUMN rd_views.order_lines.render_id IS 'Id of its newest render; null before the first';
COMMENT ON COLUMN rd_views.order_lines.category_path IS 'Category of its product from the top down';

COMMENT ON VIEW rd_views.renders IS 'Attempts to produce the image of an order line';
COMMENT ON COLUMN rd_views.renders.id IS 'Id of the render';
COMMENT ON COLUMN rd_views.renders.order_id IS 'Id of its order';
COMMENT ON COLUMN rd_views.renders.order_number IS 'Number of its order';
COMMENT ON COLUMN rd_views.renders.line_id IS 'Id of its order line';
COMMENT ON COLUMN rd_views.renders.pim_id IS 'PIM-ID of its product';
COMMENT ON COLUMN rd_views.renders.attempt IS 'Which attempt of its line, from 1';
COMMENT ON COLUMN rd_views.renders.status IS 'queued, running, done, failed or cancelled';
COMMENT ON COLUMN rd_views.renders.failure_reason IS 'Kind of failure, to count by; null where it did not fail';
COMMENT ON COLUMN rd_views.renders.error IS 'Why it failed, in a sentence; null where it did not';
COMMENT ON COLUMN rd_views.renders.format IS 'Image format: webp, png, jpeg or avif';
COMMENT ON COLUMN rd_views.renders.width IS 'Width in px';
COMMENT ON COLUMN rd_views.renders.height IS 'Height in px';
COMMENT ON COLUMN rd_views.renders.image_bytes IS 'Size of the image in bytes; null without an image';
COMMENT ON COLUMN rd_views.renders.duration_ms IS 'Time of rendering in ms; null before the end';
COMMENT ON COLUMN rd_views.renders.created_at IS 'When it was asked for; the day a render counts for';
COMMENT ON COLUMN rd_views.renders.started_at IS 'When a renderer took it; null before';
COMMENT ON COLUMN rd_views.renders.finished_at IS 'When it ended; null before';
COMMENT ON COLUMN rd_views.renders.product_id IS 'Id of its product';
COMMENT ON COLUMN rd_views.renders.product IS 'Name of its product';
COMMENT ON COLUMN rd_views.renders.category_path IS 'Category of its product from the top down';
COMMENT ON COLUMN rd_views.renders.output_type IS 'Name of the output type of its order';
COMMENT ON COLUMN rd_views.renders.material_override IS 'Material that replaced all others; null without one';
COMMENT ON COLUMN rd_views.renders.quality IS 'Quality of lossy formats, 1 to 100';
COMMENT ON COLUMN rd_views.renders.samples IS 'Samples per pixel';
COMMENT ON COLUMN rd_views.renders.camera IS 'From where the part is seen: three_quarter, front or section';
COMMENT ON COLUMN rd_views.renders.waited_s IS 'Seconds from being asked for to the start; null before the start';

COMMENT ON VIEW rd_views.order_history IS 'What happened to the orders, newest with the highest id';
COMMENT ON COLUMN rd_views.order_history.id IS 'Counts up; orders the entries';
COMMENT ON COLUMN rd_views.order_history.order_id IS 'Id of the order';
COMMENT ON COLUMN rd_views.order_history.order_number IS 'Number of the order';
COMMENT ON COLUMN rd_views.order_history.at IS 'When it happened';
COMMENT ON COLUMN rd_views.order_history.actor IS 'Name of the user, or "Pipeline"';
COMMENT ON COLUMN rd_views.order_history.origin IS 'Door it came through: click, assistant or pipeline';
COMMENT ON COLUMN rd_views.order_history.event IS 'Kind of event, such as created, dispatched or cancelled';
COMMENT ON COLUMN rd_views.order_history.text IS 'What happened, in a sentence';

-- One of sixteen places for queries, held until the end of the transaction; false where all are taken. It makes the limit
-- hold over all API processes. A session takes one place however often it asks.
CREATE FUNCTION rd_views.take_query_place() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 7203116 AND pid = pg_backend_pid()) THEN
    RETURN true;
  END IF;
  FOR place IN 1 .. 16 LOOP
    IF pg_try_advisory_xact_lock(7203116, place) THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END
$$;
REVOKE ALL ON FUNCTION rd_views.take_query_place() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rd_views.take_query_place() TO rd_query;
