"""Who may sign in, and the sessions that last: argon2id, tokens known to the browser only, an end on the server."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
