-- Can run any number of times. "if not exists" is not safe for parallel runs, so each run takes a lock.
select pg_advisory_xact_lock(hashtext('cruddur schema'));

create table if not exists users (
  uuid uuid primary key default gen_random_uuid(),
  display_name text not null,
  handle text not null unique,
  email text not null,
  cognito_user_id text,
  created_at timestamptz not null default now()
);

create unique index if not exists users_cognito_user_id_key on users (cognito_user_id) where cognito_user_id is not null;

-- Handles that differ in case only are the same.
create unique index if not exists users_lower_handle_key on users (lower(handle));

-- For the search by the start of a handle or a name.
create index if not exists users_lower_handle_idx on users (lower(handle) text_pattern_ops);
create index if not exists users_lower_display_name_idx on users (lower(display_name) text_pattern_ops);

create table if not exists activities (
  uuid uuid primary key default gen_random_uuid(),
  user_uuid uuid not null references users (uuid) on delete cascade,
  message text not null,
  replies_count integer not null default 0,
  reposts_count integer not null default 0,
  likes_count integer not null default 0,
  reply_to_activity_uuid uuid references activities (uuid) on delete cascade,
  expires_at timestamptz,
  created_at timestamptz not null default now()
);

create index if not exists activities_created_at_idx on activities (created_at desc, uuid desc) where reply_to_activity_uuid is null;
create index if not exists activities_user_uuid_created_at_idx on activities (user_uuid, created_at desc, uuid desc);
create index if not exists activities_reply_to_activity_uuid_idx on activities (reply_to_activity_uuid, created_at)
where reply_to_activity_uuid is not null;

create table if not exists activity_likes (
  activity_uuid uuid not null references activities (uuid) on delete cascade,
  user_uuid uuid not null references users (uuid) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (activity_uuid, user_uuid)
);

-- Unexpired activities with the names of their authors. Later versions may add columns at the end.
create or replace view current_activities as
select
  activities.uuid,
  activities.message,
  activities.replies_count,
  activities.reposts_count,
  activities.likes_count,
  activities.reply_to_activity_uuid,
  activities.expires_at,
  activities.created_at,
  activities.user_uuid,
  users.handle,
  users.display_name
from activities
join users on users.uuid = activities.user_uuid
where activities.expires_at is null or activities.expires_at > now();

-- Earlier versions signed cursors and kept the key here.
drop table if exists cursor_key;

-- Notifies the processes that cache users.
create or replace function notify_user_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('cruddur_users', old.uuid::text);
  return null;
end
$$;

create or replace trigger users_changed after update on users
for each row when (old.* is distinct from new.*) execute function notify_user_changed();

create or replace trigger users_deleted after delete on users
for each row execute function notify_user_changed();
