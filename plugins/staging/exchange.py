"""Two folders change places in one step (edge: the kernel's rename).

Linux offers it as ``renameat2(…, RENAME_EXCHANGE)`` (man 2 rename; glibc 2.28, kernel 3.15), macOS as
``renamex_np(…, RENAME_SWAP)`` (man 2 renamex_np; macOS 10.12, APFS). Python has no name for either.
"""

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2

# What a kernel, a C library or a file system answers that has no such rename.
_NOT_OFFERED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def exchange(one: Path, other: Path) -> bool:
    """Let two folders of one file system change places; return False where that is not offered.

    Nobody ever sees either path missing. Raises OSError for everything else (a mount point, no permission).
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        rename = getattr(libc, "renamex_np", None)
        arguments: tuple[int | bytes | ctypes.c_uint, ...] = (
            os.fsencode(one),
            os.fsencode(other),
            ctypes.c_uint(_RENAME_SWAP),
        )
    else:
        rename = getattr(libc, "renameat2", None)
        arguments = (_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE))
    if rename is None:
        return False
    if rename(*arguments) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_OFFERED:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))
