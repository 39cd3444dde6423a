-- A message that was edited, or an answer that was made again, stays on record: what it changed stays changed and is told.
ALTER TABLE rd.chat_messages ADD COLUMN superseded boolean NOT NULL DEFAULT false;

-- Since when its user has seen everything in a chat. What is there today counts as seen.
ALTER TABLE rd.chat_sessions ADD COLUMN read_at timestamptz NOT NULL DEFAULT now();
