with parent as (
  update activities
  set replies_count = replies_count + 1
  where uuid = @activity_uuid and (expires_at is null or expires_at > now())
  returning uuid, expires_at
)
insert into activities (user_uuid, message, reply_to_activity_uuid, expires_at)
select @user_uuid, @message, parent.uuid, parent.expires_at
from parent
returning uuid
