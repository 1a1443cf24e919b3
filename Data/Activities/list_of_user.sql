select
  exists (
    select from activity_likes
    where activity_likes.activity_uuid = current_activities.uuid and activity_likes.user_uuid = @reader_uuid
  ) as is_liked,
  current_activities.*
from current_activities
where
  user_uuid = @owner_uuid
  and (@before_created_at::timestamptz is null or (created_at, uuid) < (@before_created_at, @before_uuid))
order by created_at desc, uuid desc
limit @limit
