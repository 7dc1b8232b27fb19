// SPDX-License-Identifier: BSD-2-Clause
// The C runtime's heap for this DLL and all that is linked into it. Much is kept for ever, since
// programs call the library from their last destructors, and Botan and libgcc keep memory for each
// thread; in a heap of its own all of that goes with the DLL. No memory changes hands with the
// system's C runtime, which tests/abi/windows_dlls_test.py looks after.
#include "platform/win32/dll.h"
#include "platform/win32/windows_h.h"

#include <cstddef>
#include <cstdint>
#include <new>

namespace {

HANDLE heap = nullptr;

} // namespace

namespace capishim::platform {

bool make_heap() noexcept
{
    heap = HeapCreate(0, 0, 0);
    return heap;
}

void destroy_heap() noexcept
{
    HeapDestroy(heap);
}

} // namespace capishim::platform

extern "C" {

void* malloc(std::size_t size)
{
    return HeapAlloc(heap, 0, size);
}

void* calloc(std::size_t count, std::size_t size)
{
    return count && size > SIZE_MAX / count ? nullptr
                                            : HeapAlloc(heap, HEAP_ZERO_MEMORY, count * size);
}

void* realloc(void* memory, std::size_t size)
{
    return memory ? HeapReAlloc(heap, 0, memory, size) : malloc(size);
}

void free(void* memory)
{
    if (memory)
        HeapFree(heap, 0, memory);
}

} // extern "C"

// libstdc++'s `new` calls malloc, but for this one. What the heap gave stands before the memory.
void* operator new(std::size_t size, std::align_val_t alignment)
{
    const auto align = static_cast<std::size_t>(alignment);
    const std::size_t room = align + sizeof(void*);
    void* const given = operator new(size > SIZE_MAX - room ? SIZE_MAX : size + room);
    const auto first = reinterpret_cast<std::uintptr_t>(given) + sizeof(void*);
    void** const aligned = reinterpret_cast<void**>((first + align - 1) / align * align);
    aligned[-1] = given;
    return aligned;
}

void operator delete(void* memory, std::align_val_t) noexcept
{
    if (memory)
        operator delete(static_cast<void**>(memory)[-1]);
}

void operator delete(void* memory, std::size_t, std::align_val_t alignment) noexcept
{
    operator delete(memory, alignment);
}
