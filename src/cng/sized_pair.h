// SPDX-License-Identifier: BSD-2-Clause
// Pairs whose length the caller chooses: RSA, DH, DSA. It may be set anew while the pair is open.
#pragma once

#include "cng/key_pair.h"

#include <atomic>

namespace capishim::cng {

/// @throws Fault::bad_key_length
inline void require_pair_length(const Algorithm& algorithm, std::uint32_t bits)
{
    const KeyLengths& lengths = algorithm.key_lengths;
    require(bits >= lengths.min_bits && bits <= lengths.max_bits && bits % lengths.step_bits == 0,
            Fault::bad_key_length);
}

/// An imported key may have any length within the bounds. @throws Fault::bad_data
inline void require_imported_length(const Algorithm& algorithm, std::size_t bits)
{
    const KeyLengths& lengths = algorithm.key_lengths;
    require(bits >= lengths.min_bits && bits <= lengths.max_bits, Fault::bad_data);
}

template <class EngineKey>
class SizedKeyPair : public KeyPair<EngineKey> {
  public:
    using typename KeyPair<EngineKey>::Numbers;

    SizedKeyPair(const Algorithm& algorithm, std::uint32_t bits, Origin origin)
        : KeyPair<EngineKey>(algorithm, origin), wanted_bits_(bits)
    {
        require_pair_length(algorithm, bits);
    }
    SizedKeyPair(const Algorithm& algorithm, Numbers numbers, Origin origin)
        : KeyPair<EngineKey>(algorithm, origin, std::move(numbers))
    {
    }

    std::uint32_t key_bits() const final
    {
        const Numbers key = this->numbers();
        return key ? static_cast<std::uint32_t>(key->bits()) : wanted_bits();
    }

    void set_key_bits(std::uint32_t bits) final
    {
        const bool set = this->while_open([&] {
            require_pair_length(this->algorithm(), bits);
            check_wanted_bits(bits);
            wanted_bits_ = bits;
        });
        // observed.md part 2 A: the value that a finalized pair has may be set; N-35 for others
        require(set || bits == key_bits(), Fault::not_supported);
    }

  protected:
    std::uint32_t wanted_bits() const { return wanted_bits_; }
    /// Whether the new length agrees with what was set before; called while the pair is open.
    virtual void check_wanted_bits(std::uint32_t) const {}

  private:
    std::atomic<std::uint32_t> wanted_bits_ = 0;
};

} // namespace capishim::cng
