// SPDX-License-Identifier: BSD-2-Clause
// Botan looks algorithms up by names that it parses each time (microseconds). Here that happens
// once per algorithm; objects are then made from the prototype.
#pragma once

#include "engine/botan_compat.h"
#include "engine/botan_faults.h"

namespace capishim::engine {

/// The prototypes of `names`, in their order. Never destroyed, so that exit handlers may still
/// encrypt.
template <class Primitive, std::size_t N>
class Prototypes {
  public:
    explicit Prototypes(const std::array<const char*, N>& names)
    {
        std::array<std::unique_ptr<Primitive>, N> made; // all, or none when memory runs out
        translate([&] {
            for (std::size_t i = 0; i < N; ++i)
                made[i] = Primitive::create_or_throw(names[i]);
        });
        for (std::size_t i = 0; i < N; ++i)
            prototypes_[i] = made[i].release();
    }

    std::unique_ptr<Primitive> make(std::size_t index) const
    {
        return compat::fresh(*prototypes_[index]);
    }

  private:
    std::array<const Primitive*, N> prototypes_;
};

} // namespace capishim::engine
