"""The inbox: who has a conversation, until when it sleeps, and messages found by their words."""

from alembic import op

revision = "0002"
down_revision = "0001"

CONVERSATIONS = (
    "ALTER TABLE conversations ADD COLUMN snoozed_until timestamptz",
    # what a day of silence has not closed yet: small, however long the history is
    """CREATE INDEX conversations_active ON conversations (tenant_id, last_message_at DESC, id DESC)
        WHERE status IN ('open','pending')""",
    """CREATE INDEX conversations_assignee ON conversations
        (tenant_id, assignee_id, last_message_at DESC, id DESC) WHERE assignee_id IS NOT NULL""",
)

# As with contacts: a search operator is not leakproof, so the function states the tenant itself and runs as
# the owner. A word that is everywhere has more places than can be sorted in time, but is soon met among the
# newest messages; a word that is not met there is rare enough for the index.
MESSAGES = (
    "ALTER TABLE messages ADD COLUMN search tsvector",
    "CREATE POLICY search ON messages FOR SELECT TO samvad_owner USING (true)",
    "CREATE POLICY backfill ON messages FOR UPDATE TO samvad_owner USING (true)",
    """UPDATE messages SET search = to_tsvector('simple', text)
        || array_to_tsvector(ARRAY['t' || replace(tenant_id::text, '-', '')])""",
    "DROP POLICY backfill ON messages",
    "CREATE INDEX messages_search ON messages USING gin (search)",
    """CREATE FUNCTION search_messages(words tsquery, most int)
        RETURNS TABLE (conversation_id uuid, id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        WITH asked AS MATERIALIZED (
          SELECT nullif(current_setting('app.tenant', true), '')::uuid AS tenant,
            ('t' || replace(current_setting('app.tenant', true), '-', ''))::tsquery && words AS query),
        walked AS MATERIALIZED (
          SELECT DISTINCT ON (m.conversation_id) m.conversation_id, m.id FROM (
            SELECT m.conversation_id, m.id, m.search FROM messages m
            WHERE m.tenant_id = (SELECT tenant FROM asked) ORDER BY m.id DESC LIMIT 5000) m
          WHERE m.search @@ (SELECT query FROM asked) ORDER BY m.conversation_id, m.id DESC),
        indexed AS (
          SELECT m.conversation_id, m.id FROM messages m
          WHERE m.tenant_id = (SELECT tenant FROM asked) AND m.search @@ (SELECT query FROM asked)
            AND (SELECT count(*) FROM walked) < most
          LIMIT 2000),
        newest AS (
          SELECT DISTINCT ON (f.conversation_id) f.conversation_id, f.id
          FROM (SELECT * FROM indexed UNION ALL SELECT * FROM walked) f
          ORDER BY f.conversation_id, f.id DESC)
        SELECT n.conversation_id, n.id FROM newest n ORDER BY n.id DESC LIMIT most $$""",
    "REVOKE ALL ON FUNCTION search_messages(tsquery, int) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION search_messages(tsquery, int) TO samvad_app",
)


def upgrade() -> None:
    for statement in (*CONVERSATIONS, *MESSAGES):
        op.execute(statement)


def downgrade() -> None:
    for statement in (
        "DROP FUNCTION search_messages(tsquery, int)",
        "DROP POLICY search ON messages",
        "ALTER TABLE messages DROP COLUMN search",
        "DROP INDEX conversations_active",
        "DROP INDEX conversations_assignee",
        "ALTER TABLE conversations DROP COLUMN snoozed_until",
    ):
        op.execute(statement)
