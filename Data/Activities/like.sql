with target as (
  select uuid
  from activities
  where uuid = @activity_uuid and (expires_at is null or expires_at > now())
  for update
),
liked as (
  insert into activity_likes (activity_uuid, user_uuid)
  select uuid, @user_uuid
  from target
  on conflict do nothing
  returning activity_uuid
)
update activities
set likes_count = likes_count + (select count(*) from liked)
from target
where activities.uuid = target.uuid
returning activities.uuid
