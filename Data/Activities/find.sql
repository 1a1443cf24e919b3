select
  exists (
    select from activity_likes
    where activity_likes.activity_uuid = current_activities.uuid and activity_likes.user_uuid = @reader_uuid
  ) as is_liked,
  current_activities.*
from current_activities
where uuid = @activity_uuid
