// SPDX-License-Identifier: BSD-2-Clause
// Where the loader enters the DLL. Much in the library is kept for ever, since programs call it
// from their last destructors; so that FreeLibrary leaves nothing behind all the same, what `new`
// makes lies in a heap of the DLL's own, which goes with it.
#include "platform/win32/windows_h.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

namespace __gnu_cxx {
void __freeres(); // gives back what libstdc++ keeps for exceptions that there is no memory for
} // namespace __gnu_cxx

namespace {

HANDLE heap = nullptr;

void* allocate(std::size_t size)
{
    void* const memory = HeapAlloc(heap, 0, size);
    if (!memory)
        throw std::bad_alloc();
    return memory;
}

} // namespace

void* operator new(std::size_t size)
{
    return allocate(size);
}

void operator delete(void* memory) noexcept
{
    if (memory)
        HeapFree(heap, 0, memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    operator delete(memory);
}

// What the heap gave stands before the aligned memory.
void* operator new(std::size_t size, std::align_val_t alignment)
{
    const auto align = static_cast<std::size_t>(alignment);
    if (size > SIZE_MAX - align - sizeof(void*))
        throw std::bad_alloc();
    void* const given = allocate(size + align + sizeof(void*));
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

// The thread library, linked in, takes a slot of thread-local storage each time the DLL is loaded,
// and never gives it back; a process has 1,088. So it takes it from here: calls of an imported
// function go through a pointer that the linker makes where nobody else does.
namespace {

std::array<DWORD, 8> slots{};
LONG slot_count = 0;

DWORD WINAPI allocate_slot()
{
    const auto allocate = reinterpret_cast<DWORD(WINAPI*)()>(reinterpret_cast<void (*)()>(
        GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "TlsAlloc")));
    const DWORD slot = allocate();
    const auto place = static_cast<std::size_t>(InterlockedIncrement(&slot_count)) - 1;
    if (slot != TLS_OUT_OF_INDEXES && place < slots.size())
        slots[place] = slot;
    return slot;
}

void free_slots()
{
    for (std::size_t i = 0; i < slots.size() && i < static_cast<std::size_t>(slot_count); ++i)
        TlsFree(slots[i]);
}

} // namespace

#ifdef __i386__
#define IMPORTED(name, bytes) __asm__("__imp__" name bytes)
#else
#define IMPORTED(name, bytes) __asm__("__imp_" name)
#endif

extern "C" {

// C code that is linked in keeps memory too, which shall lie in the same heap.
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

char* strdup(const char* text)
{
    const std::size_t size = std::strlen(text) + 1;
    void* const copy = malloc(size);
    return copy ? static_cast<char*>(std::memcpy(copy, text, size)) : nullptr;
}

extern decltype(&allocate_slot) const imported_tls_alloc IMPORTED("TlsAlloc", "@0");
extern decltype(&malloc) const imported_malloc IMPORTED("malloc", "");
extern decltype(&calloc) const imported_calloc IMPORTED("calloc", "");
extern decltype(&realloc) const imported_realloc IMPORTED("realloc", "");
extern decltype(&free) const imported_free IMPORTED("free", "");
extern decltype(&strdup) const imported_strdup IMPORTED("strdup", "");
decltype(&allocate_slot) const imported_tls_alloc = allocate_slot;
decltype(&malloc) const imported_malloc = malloc;
decltype(&calloc) const imported_calloc = calloc;
decltype(&realloc) const imported_realloc = realloc;
decltype(&free) const imported_free = free;
decltype(&strdup) const imported_strdup = strdup;

} // extern "C"

// CryptoAPI frees a provider that has refused a context, and then the program asks for the reason:
// what is done here must not change the thread's last error. This is the first of the callbacks.
namespace {

DWORD error_before = 0;

void NTAPI keep_last_error(PVOID, DWORD reason, PVOID)
{
    if (reason == DLL_PROCESS_DETACH)
        error_before = GetLastError();
}

[[gnu::section(".CRT$XLAA"), gnu::used]] const PIMAGE_TLS_CALLBACK callback = keep_last_error;

} // namespace

extern "C" {

// The C runtime's: constructors and destructors of static objects.
BOOL WINAPI DllMainCRTStartup(HINSTANCE instance, DWORD reason, LPVOID process_ends);

// At the process's end the heap stays: other DLLs may call until the very last.
BOOL WINAPI capishim_dll_entry(HINSTANCE instance, DWORD reason, LPVOID process_ends)
{
    if (reason == DLL_PROCESS_ATTACH && !(heap = HeapCreate(0, 0, 0)))
        return FALSE;
    const BOOL done = DllMainCRTStartup(instance, reason, process_ends);
    const bool freed = reason == DLL_PROCESS_DETACH && !process_ends;
    if (freed || (reason == DLL_PROCESS_ATTACH && !done)) {
        __gnu_cxx::__freeres();
        free_slots();
        HeapDestroy(heap);
    }
    if (reason == DLL_PROCESS_DETACH)
        SetLastError(error_before);
    return done;
}

} // extern "C"
