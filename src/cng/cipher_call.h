// SPDX-License-Identifier: BSD-2-Clause
// What every kind of cipher makes of the arguments of BCryptEncrypt and BCryptDecrypt.
#pragma once

#include "cng/key.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

namespace capishim::cng {

constexpr std::uint32_t cipher_flags = BCRYPT_BLOCK_PADDING | BCRYPT_BUFFERS_LOCKED_FLAG;

/// Refuses data of a wrong length, whose length is told all the same (observed.md part 2 B).
[[noreturn]] inline void refuse_length(const CipherCall& call, OutBuffer& out)
{
    out.written(call.input.size());
    throw Error(Fault::bad_block_length);
}

/// N-50a: input that overlaps the output elsewhere than at its start is taken as if it had been
/// copied first.
class Input {
  public:
    Input(ByteView in, MutableBytes room) : bytes_(in)
    {
        const auto from = reinterpret_cast<std::uintptr_t>(in.data());
        const auto to = reinterpret_cast<std::uintptr_t>(room.data());
        if (from != to && from < to + room.size() && to < from + in.size()) {
            copy_ = secure_copy(in);
            bytes_ = copy_;
        }
    }

    ByteView bytes() const { return bytes_; }

  private:
    SecureBytes copy_;
    ByteView bytes_;
};

} // namespace capishim::cng
