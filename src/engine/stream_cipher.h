// SPDX-License-Identifier: BSD-2-Clause
// RC4 with a position: the key stream can be started again and a running cipher copied.
#pragma once

#include "base/secure_bytes.h"

#include <memory>

namespace capishim::engine {

class Rc4 {
  public:
    /// @param key  1..256 bytes. The key schedule (1.6 us) is run at the first use, not here.
    /// @param position   where in the key stream to start
    explicit Rc4(ByteView key, std::uint64_t position = 0);
    Rc4(const Rc4& other); // same key, same position
    Rc4& operator=(const Rc4&) = delete;
    ~Rc4();

    /// XORs the key stream onto `in`; `in` and `out` may be the same.
    void apply(ByteView in, std::uint8_t* out);
    /// Back to the start of the key stream.
    void restart();
    std::uint64_t position() const noexcept;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace capishim::engine
