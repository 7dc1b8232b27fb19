// SPDX-License-Identifier: BSD-2-Clause
// The MAC of cryptoapi.md 7.2 (U-141), with observed.md: it begins from the IV and pads by PKCS #5.
#include "csp/mac.h"

namespace capishim::csp {

Mac::Mac(const Mac& other)
    : key_(std::make_unique<cng::SymmetricKey>(*other.key_)), partial_(other.partial_),
      filled_(other.filled_)
{
}

void Mac::update(ByteView data)
{
    const std::size_t block = size();
    SecureArray<512> scratch; // ciphertext that nobody asks for
    while (!data.empty()) {
        if (filled_ == 0 && data.size() >= block) {
            const ByteView whole =
                data.first(std::min(scratch.size(), data.size() / block * block));
            key_->encrypt(whole, scratch, false);
            data = data.subspan(whole.size());
            continue;
        }
        const ByteView taken = data.first(std::min(block - filled_, data.size()));
        std::ranges::copy(taken, partial_.begin() + filled_);
        filled_ += taken.size();
        data = data.subspan(taken.size());
        if (filled_ == block) {
            key_->encrypt({partial_.data(), block}, partial_, false);
            filled_ = 0;
        }
    }
}

void Mac::finish(std::uint8_t* out)
{
    SecureArray<2 * cng::max_block_length> scratch;
    key_->encrypt({partial_.data(), filled_}, scratch, true); // aligned data gets a whole block
    std::ranges::copy(key_->chain(), out);
}

} // namespace capishim::csp
