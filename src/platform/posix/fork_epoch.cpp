// SPDX-License-Identifier: BSD-2-Clause
// Notices a fork by a page that the kernel hands to the child as zeros (MADV_WIPEONFORK: it also
// catches children made by clone() behind the C library's back), or, on kernels without that, by
// pthread_atfork.
#include "platform/fork_epoch.h"

#include <atomic>
#include <new>
#include <pthread.h>
#include <sys/mman.h>

namespace capishim::platform {
namespace {

using Word = std::atomic<std::uint64_t>;

// The epoch stands in `*word`; 0 means that this process has none yet. All of it is free of locks,
// for a fork may come at any instruction of another thread.
std::atomic<Word*> word = nullptr;
Word unmapped_word = 0;
Word epochs_given = 0; // inherited, so that a descendant never gets an ancestor's number

void forget_epoch()
{
    if (Word* current = word.load(std::memory_order_acquire))
        current->store(0, std::memory_order_release);
}

Word* map_wiped_word() noexcept
{
    void* page =
        mmap(nullptr, sizeof(Word), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return &unmapped_word;
#ifdef MADV_WIPEONFORK
    madvise(page, sizeof(Word), MADV_WIPEONFORK);
#endif
    return new (page) Word(0);
}

Word* set_up() noexcept
{
    Word* mine = map_wiped_word();
    Word* current = nullptr;
    if (!word.compare_exchange_strong(current, mine, std::memory_order_acq_rel)) {
        if (mine != &unmapped_word)
            munmap(mine, sizeof(Word));
        return current;
    }
    pthread_atfork(nullptr, nullptr, forget_epoch);
    return mine;
}

std::uint64_t begin_epoch(Word& current) noexcept
{
    // The count goes up first: a child forked between the two steps still counts past this one.
    const std::uint64_t next = epochs_given.fetch_add(1) + 1;
    std::uint64_t given = 0;
    return current.compare_exchange_strong(given, next) ? next : given;
}

} // namespace

std::uint64_t fork_epoch() noexcept
{
    Word* current = word.load(std::memory_order_acquire);
    if (!current)
        current = set_up();
    const std::uint64_t epoch = current->load(std::memory_order_acquire);
    return epoch ? epoch : begin_epoch(*current);
}

} // namespace capishim::platform
