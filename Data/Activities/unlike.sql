with target as (
  select uuid
  from activities
  where uuid = @activity_uuid and (expires_at is null or expires_at > now())
  for update
),
unliked as (
  delete from activity_likes
  using target
  where activity_likes.activity_uuid = target.uuid and activity_likes.user_uuid = @user_uuid
  returning activity_likes.activity_uuid
)
update activities
set likes_count = likes_count - (select count(*) from unliked)
from target
where activities.uuid = target.uuid
returning activities.uuid
