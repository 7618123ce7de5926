// Preloaded into a process. While the folder that FAILING_DISK names holds a file of this name, these calls fail:
//   sync   fsync and fdatasync, with EIO
//   read   pread, with EIO
//   write  pwrite, with EIO
//   full   pwrite, with ENOSPC
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int fails(const char *fault, int error) {
  const char *folder = getenv("FAILING_DISK");
  char path[4096];
  if (folder == NULL || snprintf(path, sizeof path, "%s/%s", folder, fault) >= (int)sizeof path) return 0;
  int before = errno;
  if (access(path, F_OK) != 0) {
    errno = before;
    return 0;
  }
  errno = error;
  return 1;
}

#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))

int fsync(int fd) { return fails("sync", EIO) ? -1 : NEXT(int (*)(int), "fsync")(fd); }

int fdatasync(int fd) { return fails("sync", EIO) ? -1 : NEXT(int (*)(int), "fdatasync")(fd); }

ssize_t pread64(int fd, void *to, size_t bytes, off64_t at) {
  if (fails("read", EIO)) return -1;
  return NEXT(ssize_t (*)(int, void *, size_t, off64_t), "pread64")(fd, to, bytes, at);
}

ssize_t pwrite64(int fd, const void *from, size_t bytes, off64_t at) {
  if (fails("write", EIO) || fails("full", ENOSPC)) return -1;
  return NEXT(ssize_t (*)(int, const void *, size_t, off64_t), "pwrite64")(fd, from, bytes, at);
}
