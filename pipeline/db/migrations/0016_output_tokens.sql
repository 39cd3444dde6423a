-- How many of a model call's tokens were its answer: they have a price of their own.

ALTER TABLE rd.usage_reservations ADD COLUMN output_tokens integer CHECK (output_tokens BETWEEN 0 AND tokens);
CREATE INDEX usage_chat_idx ON rd.usage_reservations (tenant_id, session_id) WHERE session_id IS NOT NULL;
