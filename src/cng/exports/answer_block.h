// SPDX-License-Identifier: BSD-2-Clause
// Answers that are one block of memory: structures, the arrays and text that they point to. The
// block is the library's, for BCryptFreeBuffer, or the caller's own (cng.md 1.39).
#pragma once

#include "cng/exports/text.h"

#include <cstdint>
#include <cstdlib>
#include <new>
#include <vector>

namespace capishim::cng {

/// Zeroed memory for BCryptFreeBuffer.
inline std::uint8_t* allocate_buffer(std::size_t size)
{
    void* const memory = std::calloc(1, size > 0 ? size : 1);
    if (!memory)
        throw std::bad_alloc();
    return static_cast<std::uint8_t*>(memory);
}

/// Gives out the block's places one after the other. Without memory it only counts: all places are
/// then null, and what is put there is dropped.
class AnswerBlock {
  public:
    explicit AnswerBlock(std::uint8_t* memory = nullptr) : memory_(memory) {}

    std::size_t size() const noexcept { return size_; }

    template <class T>
    T* place(std::size_t count = 1)
    {
        size_ = (size_ + alignof(T) - 1) / alignof(T) * alignof(T);
        T* const place = memory_ ? reinterpret_cast<T*>(memory_ + size_) : nullptr;
        size_ += count * sizeof(T);
        return place;
    }

    template <class T>
    static void put(T* place, std::size_t index, const T& value)
    {
        if (place)
            std::memcpy(static_cast<void*>(place + index), &value, sizeof value);
    }

    template <class T>
    T* add(const T& value)
    {
        T* const made = place<T>();
        put(made, 0, value);
        return made;
    }

    /// Text in the caller's units, as the API's structures type it.
    template <class Unit, class Text>
    Text text(std::string_view narrow)
    {
        Unit* const units = place<Unit>(narrow.size() + 1);
        if (units)
            put_text<Unit>(reinterpret_cast<std::uint8_t*>(units), narrow);
        return reinterpret_cast<Text>(units);
    }

    template <class Unit, class Text, class Names>
    Text* texts(const Names& names)
    {
        Text* const list = place<Text>(names.size());
        std::size_t index = 0;
        for (const std::string_view name : names)
            put(list, index++, text<Unit, Text>(name));
        return list;
    }

  private:
    std::uint8_t* memory_;
    std::size_t size_ = 0;
};

/// What a function answers when the caller asks for the size only; Microsoft's pages differ.
enum class SizeQuery { succeeds, is_too_small };

/// The protocol of cng.md 1.39 and 1.42: null asks for the size, the address of null for memory.
/// @param build   called with an AnswerBlock, first to count; what it places first is the answer
template <class Answer, class Build>
void answer(std::uint32_t* size, Answer** out, SizeQuery query, Build build)
{
    require(size != nullptr, Fault::invalid_parameter);
    AnswerBlock counted;
    build(counted);
    const auto needed = static_cast<std::uint32_t>(counted.size());
    if (!out || (*out && *size < needed)) {
        *size = needed;
        require(!out && query == SizeQuery::succeeds, Fault::buffer_too_small);
        return;
    }
    auto* const memory = *out ? reinterpret_cast<std::uint8_t*>(*out) : allocate_buffer(needed);
    AnswerBlock written(memory);
    build(written);
    *out = reinterpret_cast<Answer*>(memory);
    *size = needed;
}

} // namespace capishim::cng
