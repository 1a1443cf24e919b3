select pg_notify(@channel, payload)::text
from unnest(@payloads) as payload
