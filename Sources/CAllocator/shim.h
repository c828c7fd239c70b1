// What the C library's allocator can be told, which Swift's module of it leaves out.
#pragma once
#include <stdlib.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

/// Blocks of at least so many bytes go back to the system when they are freed; only glibc keeps them otherwise.
static inline void equitherm_return_blocks_of(int bytes) {
#if defined(__GLIBC__)
    mallopt(M_MMAP_THRESHOLD, bytes);
#else
    (void)bytes;
#endif
}
