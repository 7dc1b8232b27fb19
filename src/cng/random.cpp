// SPDX-License-Identifier: BSD-2-Clause
#include "cng/random.h"

#include "base/secure_bytes.h"
#include "engine/random.h"

namespace capishim::cng {
namespace {

constexpr std::size_t piece_size = 4096; // N-215

void mix_random(MutableBytes out)
{
    SecureArray<piece_size> noise;
    for (std::size_t done = 0; done < out.size(); done += piece_size) {
        const MutableBytes piece = out.subspan(done, std::min(piece_size, out.size() - done));
        engine::random_bytes({noise.data(), piece.size()});
        for (std::size_t i = 0; i < piece.size(); ++i)
            piece[i] = static_cast<std::uint8_t>(piece[i] ^ noise[i]);
    }
}

} // namespace

void fill_random(MutableBytes out, bool mix)
{
    if (mix)
        mix_random(out);
    else if (!out.empty())
        engine::random_bytes(out);
}

} // namespace capishim::cng
