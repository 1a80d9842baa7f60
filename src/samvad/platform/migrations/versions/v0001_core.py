"""Version 1: tenancy, channels, lanes, contacts, conversations, messages, rules, outbound, events."""

from alembic import op

from samvad.platform.migrations.tables import system_table, tenant_table

revision = "0001"
down_revision = None

ALL = "SELECT, INSERT, UPDATE, DELETE"

TENANCY = (
    "CREATE TABLE installation (key text PRIMARY KEY, value jsonb NOT NULL)",
    "INSERT INTO installation VALUES ('event_epoch', to_jsonb(gen_random_uuid()::text))",
    """CREATE TABLE tenants (
        id uuid PRIMARY KEY, slug text NOT NULL UNIQUE, name text NOT NULL,
        time_zone text NOT NULL, country text NOT NULL, currency text NOT NULL, language text NOT NULL,
        business_hours jsonb NOT NULL, settings jsonb NOT NULL DEFAULT '{}',
        suspended_at timestamptz, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL)""",
    """CREATE TABLE outlets (
        tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL, name text NOT NULL,
        time_zone text, business_hours jsonb, created_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, name))""",
    """CREATE TABLE members (
        tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL, email text NOT NULL,
        name text NOT NULL, role text NOT NULL CHECK (role IN ('owner','admin','agent','viewer')),
        password_hash text, disabled_at timestamptz, last_seen_at timestamptz,
        created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, email))""",
    """CREATE TABLE member_directory (
        email text PRIMARY KEY, tenant_id uuid NOT NULL, member_id uuid NOT NULL)""",
    "CREATE INDEX member_directory_member ON member_directory (tenant_id, member_id)",
    """CREATE TABLE sign_in_attempts (
        subject bytea PRIMARY KEY, failures int NOT NULL, window_started timestamptz NOT NULL,
        locked_until timestamptz)""",
    """CREATE TABLE sessions (
        tenant_id uuid NOT NULL, id uuid NOT NULL, member_id uuid NOT NULL, token_hash bytea NOT NULL,
        signed_in_by text NOT NULL CHECK (signed_in_by IN ('password','link')),
        user_agent text NOT NULL DEFAULT '', created_at timestamptz NOT NULL,
        last_used_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, revoked_at timestamptz,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, token_hash),
        FOREIGN KEY (tenant_id, member_id) REFERENCES members ON DELETE CASCADE)""",
    "CREATE INDEX sessions_member ON sessions (tenant_id, member_id)",
    """CREATE TABLE sign_in_links (
        tenant_id uuid NOT NULL, id uuid NOT NULL, member_id uuid NOT NULL, token_hash bytea NOT NULL,
        purpose text NOT NULL CHECK (purpose IN ('sign_in','set_password')),
        created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, used_at timestamptz,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, token_hash),
        FOREIGN KEY (tenant_id, member_id) REFERENCES members ON DELETE CASCADE)""",
    """CREATE TABLE api_keys (
        tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL, name text NOT NULL,
        prefix text NOT NULL, token_hash bytea NOT NULL, scopes text[] NOT NULL,
        created_by uuid, created_at timestamptz NOT NULL, last_used_at timestamptz,
        expires_at timestamptz, revoked_at timestamptz,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, token_hash))""",
    """CREATE TABLE audit_log (
        tenant_id uuid NOT NULL, id uuid NOT NULL, at timestamptz NOT NULL, actor text NOT NULL,
        action text NOT NULL, subject text NOT NULL, detail jsonb NOT NULL DEFAULT '{}',
        PRIMARY KEY (tenant_id, id))""",
    """CREATE TABLE alerts (
        tenant_id uuid NOT NULL, id uuid NOT NULL, name text NOT NULL, subject text NOT NULL,
        detail text NOT NULL, times int NOT NULL DEFAULT 1, first_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL, resolved_at timestamptz,
        PRIMARY KEY (tenant_id, id))""",
    "CREATE UNIQUE INDEX alerts_open ON alerts (tenant_id, name, subject) WHERE resolved_at IS NULL",
    """CREATE TABLE idempotency_keys (
        tenant_id uuid NOT NULL, key text NOT NULL, fingerprint bytea NOT NULL, status int,
        content_type text, body bytea, created_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, key))""",
    "CREATE INDEX idempotency_keys_age ON idempotency_keys (tenant_id, created_at)",
)

CHANNELS = (
    """CREATE TABLE channels (
        tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL, outlet_id uuid,
        provider text NOT NULL, name text NOT NULL, key text NOT NULL, address text NOT NULL,
        account text NOT NULL, display_address text NOT NULL DEFAULT '', credentials bytea NOT NULL,
        base_url text NOT NULL, graph_version text NOT NULL, settings jsonb NOT NULL,
        version bigint NOT NULL DEFAULT 1, created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL, deleted_at timestamptz,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, outlet_id) REFERENCES outlets)""",
    # what the door needs before any tenant is known; one active channel a number per installation
    """CREATE TABLE channel_routes (
        family text NOT NULL, kind text NOT NULL CHECK (kind IN ('key','address','account','verify')),
        value text NOT NULL, tenant_id uuid NOT NULL, channel_id uuid NOT NULL,
        app_secret bytea NOT NULL, verify_token bytea NOT NULL,
        PRIMARY KEY (tenant_id, channel_id, kind))""",
    """CREATE UNIQUE INDEX channel_routes_one ON channel_routes (family, kind, value)
        WHERE kind IN ('key','address')""",
    "CREATE INDEX channel_routes_value ON channel_routes (family, kind, value)",
    """CREATE TABLE deliveries (
        tenant_id uuid NOT NULL, id uuid NOT NULL, channel_id uuid, door text NOT NULL,
        received_at timestamptz NOT NULL, headers jsonb NOT NULL, body bytea NOT NULL,
        verdict text NOT NULL, items int NOT NULL, note text NOT NULL DEFAULT '', redriven_at timestamptz,
        PRIMARY KEY (tenant_id, id))""",
    "CREATE INDEX deliveries_verdict ON deliveries (tenant_id, verdict, id) WHERE verdict <> 'accepted'",
    """CREATE TABLE inbound_items (
        tenant_id uuid NOT NULL, id uuid NOT NULL, channel_id uuid NOT NULL, lane text NOT NULL,
        delivery_id uuid NOT NULL, event jsonb NOT NULL, sent_at timestamptz NOT NULL,
        arrived_at timestamptz NOT NULL, attempts int NOT NULL DEFAULT 0,
        PRIMARY KEY (tenant_id, id)) WITH (fillfactor = 70)""",
    "CREATE INDEX inbound_items_lane ON inbound_items (tenant_id, channel_id, lane, sent_at, id)",
    """CREATE TABLE inbound_lanes (
        tenant_id uuid NOT NULL, channel_id uuid NOT NULL, lane text NOT NULL,
        ready_at timestamptz NOT NULL, gen bigint NOT NULL, attempts int NOT NULL DEFAULT 0,
        lease_until timestamptz, lease_owner uuid,
        PRIMARY KEY (tenant_id, channel_id, lane)) WITH (fillfactor = 50)""",
    "CREATE INDEX inbound_lanes_ready ON inbound_lanes (ready_at)",
    """CREATE TABLE outbound (
        tenant_id uuid NOT NULL, id uuid NOT NULL, channel_id uuid NOT NULL,
        conversation_id uuid NOT NULL, contact_id uuid NOT NULL, seq bigint NOT NULL,
        priority smallint NOT NULL, purpose text NOT NULL, starts_reply boolean NOT NULL,
        epoch bigint NOT NULL, message jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('queued','sending','unknown','refused')),
        reason text, detail text NOT NULL DEFAULT '', run_at timestamptz NOT NULL,
        attempts int NOT NULL DEFAULT 0, lease_until timestamptz, lease_owner uuid,
        unknown_at timestamptz, queued_at timestamptz NOT NULL, correlation text NOT NULL,
        PRIMARY KEY (tenant_id, id)) WITH (fillfactor = 50)""",
    "CREATE INDEX outbound_order ON outbound (tenant_id, conversation_id, seq)",
    """CREATE INDEX outbound_due ON outbound (tenant_id, channel_id, priority, run_at, id)
        WHERE state = 'queued'""",
    "CREATE INDEX outbound_leased ON outbound (lease_until) WHERE state IN ('sending','refused')",
    "CREATE INDEX outbound_unknown ON outbound (unknown_at) WHERE state = 'unknown'",
    """CREATE TABLE send_facts (
        tenant_id uuid NOT NULL, conversation_id uuid NOT NULL, mode text NOT NULL,
        epoch bigint NOT NULL, window_until timestamptz, recent_replies timestamptz[] NOT NULL DEFAULT '{}',
        PRIMARY KEY (tenant_id, conversation_id)) WITH (fillfactor = 50)""",
    """CREATE TABLE contact_send_facts (
        tenant_id uuid NOT NULL, contact_id uuid NOT NULL, opted_out boolean NOT NULL DEFAULT false,
        blocked boolean NOT NULL DEFAULT false, quiet_from time, quiet_to time, time_zone text,
        PRIMARY KEY (tenant_id, contact_id))""",
    """CREATE TABLE channel_send_facts (
        tenant_id uuid NOT NULL, channel_id uuid NOT NULL, has_window boolean NOT NULL,
        per_second double precision NOT NULL, tokens double precision NOT NULL,
        refilled_at timestamptz NOT NULL, paused_until timestamptz, status text NOT NULL,
        status_reason text NOT NULL DEFAULT '', last_event_at timestamptz, version bigint NOT NULL,
        PRIMARY KEY (tenant_id, channel_id)) WITH (fillfactor = 50)""",
    """CREATE TABLE tenant_send_facts (
        tenant_id uuid PRIMARY KEY, suspended boolean NOT NULL DEFAULT false,
        quota_spent boolean NOT NULL DEFAULT false, budget_spent boolean NOT NULL DEFAULT false,
        portfolio_spent boolean NOT NULL DEFAULT false)""",
    """CREATE TABLE timers (
        tenant_id uuid NOT NULL, kind text NOT NULL, key uuid NOT NULL, run_at timestamptz NOT NULL,
        first_at timestamptz NOT NULL, latest_at timestamptz, gen bigint NOT NULL,
        attempts int NOT NULL DEFAULT 0, lease_until timestamptz, lease_owner uuid,
        payload jsonb NOT NULL DEFAULT '{}',
        PRIMARY KEY (tenant_id, kind, key)) WITH (fillfactor = 50)""",
    "CREATE INDEX timers_due ON timers (kind, run_at)",
)

PEOPLE = (
    """CREATE TABLE contacts (
        tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL, name text NOT NULL,
        profile_name text NOT NULL DEFAULT '', language text, opted_out_at timestamptz,
        opt_out_reason text, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
        search tsvector NOT NULL DEFAULT '',
        PRIMARY KEY (tenant_id, id))""",
    "CREATE INDEX contacts_search ON contacts USING gin (search)",
    "CREATE INDEX contacts_newest ON contacts (tenant_id, created_at DESC, id DESC)",
    """CREATE TABLE identities (
        tenant_id uuid NOT NULL, kind text NOT NULL, scope text NOT NULL, value text NOT NULL,
        contact_id uuid NOT NULL, created_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, kind, scope, value),
        FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts ON DELETE CASCADE)""",
    "CREATE INDEX identities_contact ON identities (tenant_id, contact_id)",
    """CREATE TABLE consents (
        tenant_id uuid NOT NULL, id uuid NOT NULL, contact_id uuid NOT NULL, change text NOT NULL,
        method text NOT NULL, words text NOT NULL, message_id uuid, actor text NOT NULL,
        at timestamptz NOT NULL, PRIMARY KEY (tenant_id, id))""",
    "CREATE INDEX consents_contact ON consents (tenant_id, contact_id, id)",
    """CREATE TABLE conversations (
        tenant_id uuid NOT NULL, id uuid NOT NULL, channel_id uuid NOT NULL, contact_id uuid NOT NULL,
        mode text NOT NULL CHECK (mode IN ('ai','human')), epoch bigint NOT NULL,
        status text NOT NULL CHECK (status IN ('open','pending','snoozed','resolved')),
        assignee_id uuid, unread int NOT NULL DEFAULT 0,
        needs_person_reason text, preview jsonb, last_message_at timestamptz NOT NULL,
        last_inbound_at timestamptz, last_inbound_external_id text, last_sort_at timestamptz NOT NULL,
        inbound_seq bigint NOT NULL DEFAULT 0, answered_seq bigint NOT NULL DEFAULT 0,
        out_seq bigint NOT NULL DEFAULT 0, human_since timestamptz, human_word_at timestamptz,
        created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, channel_id, contact_id),
        FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts,
        FOREIGN KEY (tenant_id, channel_id) REFERENCES channels)""",
    "CREATE INDEX conversations_inbox ON conversations (tenant_id, last_message_at DESC, id DESC)",
    """CREATE INDEX conversations_status ON conversations
        (tenant_id, status, last_message_at DESC, id DESC)""",
    """CREATE INDEX conversations_mode ON conversations
        (tenant_id, mode, last_message_at DESC, id DESC)""",
    "CREATE INDEX conversations_contact ON conversations (tenant_id, contact_id)",
    """CREATE TABLE mode_changes (
        tenant_id uuid NOT NULL, id uuid NOT NULL, conversation_id uuid NOT NULL, mode text NOT NULL,
        epoch bigint NOT NULL, actor text NOT NULL, reason text NOT NULL, at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id))""",
    "CREATE INDEX mode_changes_conversation ON mode_changes (tenant_id, conversation_id, id)",
    """CREATE TABLE messages (
        tenant_id uuid NOT NULL, id uuid NOT NULL, conversation_id uuid NOT NULL,
        channel_id uuid NOT NULL, external_id text, client_id text,
        direction text NOT NULL CHECK (direction IN ('in','out')), author text NOT NULL,
        member_id uuid, source text, kind text NOT NULL, private boolean NOT NULL DEFAULT false,
        text text NOT NULL, content jsonb, media jsonb, status text NOT NULL, reason text,
        detail text NOT NULL DEFAULT '', reply_to text, target text, seq bigint,
        late boolean NOT NULL DEFAULT false, sort_at timestamptz NOT NULL,
        sent_at timestamptz, delivered_at timestamptz, read_at timestamptz,
        failed_at timestamptz, citations jsonb, trace jsonb NOT NULL DEFAULT '[]',
        correlation text NOT NULL DEFAULT '', created_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id)) WITH (fillfactor = 85)""",
    """CREATE UNIQUE INDEX messages_external ON messages (tenant_id, channel_id, external_id)
        WHERE external_id IS NOT NULL""",
    """CREATE UNIQUE INDEX messages_client ON messages (tenant_id, conversation_id, client_id)
        WHERE client_id IS NOT NULL""",
    """CREATE INDEX messages_timeline ON messages
        (tenant_id, conversation_id, sort_at DESC, id DESC)""",
    """CREATE TABLE rules (
        tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL, name text NOT NULL,
        match text NOT NULL CHECK (match IN ('phrase','regex')), phrases text[] NOT NULL,
        action text NOT NULL CHECK (action IN ('reply','lookup','handoff','opt_out','opt_in')),
        text text NOT NULL DEFAULT '', texts jsonb NOT NULL DEFAULT '{}', topic text,
        position int NOT NULL, enabled boolean NOT NULL, builtin text,
        created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id))""",
    "CREATE INDEX rules_order ON rules (tenant_id, position, id)",
    # xid gives the commit-safe order of a cursor: see platform.events
    """CREATE TABLE events (
        tenant_id uuid NOT NULL, xid xid8 NOT NULL DEFAULT pg_current_xact_id(), id uuid NOT NULL,
        type text NOT NULL, data jsonb NOT NULL, at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, xid, id))""",
    "CREATE INDEX events_age ON events (at)",
)

TENANT_TABLES = {
    "outlets": None,
    "members": None,
    "member_directory": ALL,
    "sessions": None,
    "sign_in_links": None,
    "api_keys": None,
    "alerts": None,
    "idempotency_keys": None,
    "channels": None,
    "channel_routes": ALL,
    "deliveries": ALL,
    "inbound_items": ALL,
    "inbound_lanes": ALL,
    "outbound": ALL,
    "send_facts": "SELECT, UPDATE",
    "contact_send_facts": "SELECT",
    "channel_send_facts": "SELECT, UPDATE",
    "tenant_send_facts": "SELECT",
    "timers": ALL,
    "contacts": None,
    "identities": None,
    "consents": None,
    "conversations": None,
    "mode_changes": None,
    "messages": None,
    "rules": None,
    "events": ALL,
}

# A search operator is not leakproof, so under row-level security it would ignore its index: the
# function states the tenant itself and runs as the owner.
SEARCH = (
    "CREATE POLICY search ON contacts FOR SELECT TO samvad_owner USING (true)",
    """CREATE FUNCTION search_contacts(words tsquery, most int) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT c.id FROM contacts c
        WHERE c.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
          AND c.search @@ (('t' || replace(current_setting('app.tenant', true), '-', ''))::tsquery && words)
        LIMIT most $$""",
    "REVOKE ALL ON FUNCTION search_contacts(tsquery, int) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION search_contacts(tsquery, int) TO samvad_app",
)


def upgrade() -> None:
    for statement in (*TENANCY, *CHANNELS, *PEOPLE):
        op.execute(statement)
    for name, system in TENANT_TABLES.items():
        for statement in tenant_table(name, system=system):
            op.execute(statement)
    for statement in (
        *tenant_table(
            "tenants", column="id", rights="SELECT, INSERT, UPDATE", system="SELECT, INSERT, UPDATE"
        ),
        *tenant_table("audit_log", rights="SELECT, INSERT"),
        *system_table("installation", "SELECT, INSERT, UPDATE"),
        *system_table("sign_in_attempts", ALL),
        "GRANT SELECT ON installation TO samvad_app",
        "CREATE POLICY everybody ON installation FOR SELECT TO samvad_app USING (true)",
        *SEARCH,
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP FUNCTION search_contacts(tsquery, int)")
    for name in (*reversed(TENANT_TABLES), "audit_log", "sign_in_attempts", "tenants", "installation"):
        op.execute(f"DROP TABLE {name} CASCADE")
