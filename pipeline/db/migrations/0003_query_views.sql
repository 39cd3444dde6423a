-- The documented views of POST /query. They belong to rd_owner and read the tables as rd_owner, whose policies show the
-- tenant of the role that logged in and nothing to anybody else. No chats, no users' secrets, no keys.

CREATE SCHEMA rd_views;

DO $policies$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['categories', 'products', 'materials', 'material_mappings', 'output_types', 'orders',
    'order_lines', 'renders', 'users', 'tenant_config'] LOOP
    EXECUTE format('CREATE POLICY query_views ON rd.%I FOR SELECT TO rd_owner USING (tenant_id = (SELECT rd.query_tenant()))', t);
  END LOOP;
END
$policies$;

CREATE VIEW rd_views.categories WITH (security_barrier) AS
  SELECT id, parent_id, name, path FROM rd.categories;
COMMENT ON VIEW rd_views.categories IS 'Category tree; path is the names from the root down, joined by " > "';

CREATE VIEW rd_views.products WITH (security_barrier) AS
  SELECT p.id, p.pim_id, p.name, p.designation, c.name AS category, c.path AS category_path, p.kind,
         (p.dimensions ->> 'd')::numeric AS bore_mm, (p.dimensions ->> 'D')::numeric AS outside_mm,
         (p.dimensions ->> 'B')::numeric AS width_mm, p.cad_materials, p.created_at
  FROM rd.products p JOIN rd.categories c ON c.id = p.category_id;
COMMENT ON VIEW rd_views.products IS 'CAD products with their category and boundary dimensions in mm';

CREATE VIEW rd_views.materials WITH (security_barrier) AS
  SELECT id, name, description, color, metallic, roughness FROM rd.materials;
COMMENT ON VIEW rd_views.materials IS 'Render materials of the library';

CREATE VIEW rd_views.material_mappings WITH (security_barrier) AS
  SELECT m.cad_material, r.name AS material FROM rd.material_mappings m LEFT JOIN rd.materials r ON r.id = m.material_id;
COMMENT ON VIEW rd_views.material_mappings IS 'CAD material name to render material; material is null where unmapped';

CREATE VIEW rd_views.output_types WITH (security_barrier) AS
  SELECT id, name, description, is_default, settings FROM rd.output_types;
COMMENT ON VIEW rd_views.output_types IS 'Render recipes; settings holds format, width, height, quality, background, samples, camera';

CREATE VIEW rd_views.orders WITH (security_barrier) AS
  SELECT o.id, o.number, o.status, o.output_type_name AS output_type, o.render_overrides, o.material_override,
         o.lines_total, o.lines_queued, o.lines_running, o.lines_done, o.lines_failed, o.lines_cancelled,
         u.name AS created_by, o.created_at, o.dispatched_at, o.finished_at
  FROM rd.orders o JOIN rd.users u ON u.id = o.created_by;
COMMENT ON VIEW rd_views.orders IS 'Orders with the number of their lines in each state';

CREATE VIEW rd_views.order_lines WITH (security_barrier) AS
  SELECT l.id, l.order_id, o.number AS order_number, l.position, l.product_id, p.pim_id, p.name AS product, l.status,
         l.attempts, l.error
  FROM rd.order_lines l JOIN rd.orders o ON o.id = l.order_id JOIN rd.products p ON p.id = l.product_id;
COMMENT ON VIEW rd_views.order_lines IS 'One line for each product of an order';

CREATE VIEW rd_views.renders WITH (security_barrier) AS
  SELECT r.id, r.order_id, o.number AS order_number, r.line_id, p.pim_id, r.attempt, r.status, r.failure_reason, r.error,
         r.settings ->> 'format' AS format, (r.settings ->> 'width')::integer AS width,
         (r.settings ->> 'height')::integer AS height, r.image_bytes, r.duration_ms, r.created_at, r.started_at, r.finished_at
  FROM rd.renders r JOIN rd.orders o ON o.id = r.order_id JOIN rd.order_lines l ON l.id = r.line_id
  JOIN rd.products p ON p.id = l.product_id;
COMMENT ON VIEW rd_views.renders IS 'Attempts to render an order line, with reason of failure and duration in ms';

GRANT USAGE ON SCHEMA rd_views TO rd_query;
GRANT SELECT ON ALL TABLES IN SCHEMA rd_views TO rd_query;
-- Nothing in public, and the functions that could leave the tenant or the transaction are not for queries.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
