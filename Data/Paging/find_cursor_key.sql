select key
from cursor_key
