// SPDX-License-Identifier: BSD-2-Clause
// Heap*, Local*, Global*. A movable block does not move here: its handle is its address.
#include "kernel/exports/guard.h"
#include "kernel/heap.h"

#include <new>

using namespace capishim;
using namespace capishim::kernel;

namespace {

Heap* heap_of(HANDLE handle)
{
    return static_cast<Heap*>(handle);
}

void* allocate_local(UINT flags, SIZE_T size)
{
    void* const memory = process_heap().allocate(size, (flags & LMEM_ZEROINIT) != 0);
    return memory ? memory : fail(ERROR_NOT_ENOUGH_MEMORY, memory);
}

/// Answers null for success, the handle for failure: so both Free functions are documented.
void* free_local(void* memory)
{
    if (!memory)
        return nullptr;
    if (!process_heap().owns(memory))
        return fail(ERROR_INVALID_HANDLE, memory);
    process_heap().release(memory);
    return nullptr;
}

void* resize_local(void* memory, SIZE_T size, UINT flags)
{
    if (!process_heap().owns(memory))
        return fail(ERROR_INVALID_HANDLE, static_cast<void*>(nullptr));
    if (flags & LMEM_MODIFY) // changes attributes only, and there are none
        return memory;
    void* const moved = process_heap().resize(memory, size, (flags & LMEM_ZEROINIT) != 0);
    return moved ? moved : fail(ERROR_NOT_ENOUGH_MEMORY, moved);
}

SIZE_T size_of_local(const void* memory)
{
    return process_heap().owns(memory) ? Heap::size_of(memory)
                                       : fail(ERROR_INVALID_HANDLE, SIZE_T{0});
}

void* lock_local(void* memory)
{
    return process_heap().owns(memory) ? memory
                                       : fail(ERROR_INVALID_HANDLE, static_cast<void*>(nullptr));
}

} // namespace

// ---- Heaps -----------------------------------------------------------------------------------

HANDLE WINAPI GetProcessHeap(void)
{
    return &process_heap();
}

HANDLE WINAPI HeapCreate(DWORD, SIZE_T, SIZE_T)
{
    Heap* const heap = new (std::nothrow) Heap;
    return heap ? heap : fail(ERROR_NOT_ENOUGH_MEMORY, heap);
}

BOOL WINAPI HeapDestroy(HANDLE hHeap)
{
    if (!hHeap || hHeap == &process_heap())
        return fail(ERROR_INVALID_HANDLE, FALSE);
    delete heap_of(hHeap);
    return TRUE;
}

LPVOID WINAPI HeapAlloc(HANDLE hHeap, DWORD dwFlags, SIZE_T dwBytes)
{
    if (!hHeap)
        return fail(ERROR_INVALID_HANDLE, static_cast<void*>(nullptr));
    return heap_of(hHeap)->allocate(dwBytes, (dwFlags & HEAP_ZERO_MEMORY) != 0);
}

LPVOID WINAPI HeapReAlloc(HANDLE hHeap, DWORD dwFlags, LPVOID lpMem, SIZE_T dwBytes)
{
    if (!hHeap || !heap_of(hHeap)->owns(lpMem))
        return fail(ERROR_INVALID_PARAMETER, static_cast<void*>(nullptr));
    if ((dwFlags & HEAP_REALLOC_IN_PLACE_ONLY) != 0)
        return nullptr;
    return heap_of(hHeap)->resize(lpMem, dwBytes, (dwFlags & HEAP_ZERO_MEMORY) != 0);
}

BOOL WINAPI HeapFree(HANDLE hHeap, DWORD, LPVOID lpMem)
{
    if (!lpMem)
        return TRUE;
    if (!hHeap || !heap_of(hHeap)->owns(lpMem))
        return fail(ERROR_INVALID_PARAMETER, FALSE);
    heap_of(hHeap)->release(lpMem);
    return TRUE;
}

SIZE_T WINAPI HeapSize(HANDLE hHeap, DWORD, LPCVOID lpMem)
{
    if (!hHeap || !heap_of(hHeap)->owns(lpMem))
        return fail(ERROR_INVALID_PARAMETER, static_cast<SIZE_T>(-1));
    return Heap::size_of(lpMem);
}

// ---- Local and global memory: two names for the process heap ----------------------------------

HLOCAL WINAPI LocalAlloc(UINT uFlags, SIZE_T uBytes)
{
    return allocate_local(uFlags, uBytes);
}

HLOCAL WINAPI LocalFree(HLOCAL hMem)
{
    return free_local(hMem);
}

LPVOID WINAPI LocalLock(HLOCAL hMem)
{
    return lock_local(hMem);
}

HLOCAL WINAPI LocalReAlloc(HLOCAL hMem, SIZE_T uBytes, UINT uFlags)
{
    return resize_local(hMem, uBytes, uFlags);
}

SIZE_T WINAPI LocalSize(HLOCAL hMem)
{
    return size_of_local(hMem);
}

BOOL WINAPI LocalUnlock(HLOCAL hMem)
{
    return lock_local(hMem) != nullptr;
}

HGLOBAL WINAPI GlobalAlloc(UINT uFlags, SIZE_T dwBytes)
{
    return allocate_local(uFlags, dwBytes);
}

HGLOBAL WINAPI GlobalFree(HGLOBAL hMem)
{
    return free_local(hMem);
}

LPVOID WINAPI GlobalLock(HGLOBAL hMem)
{
    return lock_local(hMem);
}

HGLOBAL WINAPI GlobalReAlloc(HGLOBAL hMem, SIZE_T dwBytes, UINT uFlags)
{
    return resize_local(hMem, dwBytes, uFlags);
}

SIZE_T WINAPI GlobalSize(HGLOBAL hMem)
{
    return size_of_local(hMem);
}

BOOL WINAPI GlobalUnlock(HGLOBAL hMem)
{
    return lock_local(hMem) != nullptr;
}
